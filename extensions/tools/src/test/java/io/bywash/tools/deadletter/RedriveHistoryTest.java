package io.bywash.tools.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.bywash.tools.ToolException;
import io.bywash.tools.fixture.LetterBox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** No letter goes back twice unless somebody says so, even if the brokers have forgotten which ones have. */
class RedriveHistoryTest {
    private static final Instant LONG_AGO = Instant.ofEpochMilli(LetterBox.TIME).minus(Duration.ofDays(8));

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static long redrive(LetterBox box, RedriveRequest request) {
        return new Redriver(box.settings())
                .redrive(request, RedriveListener.NONE, () -> false)
                .redriven();
    }

    private static RedriveRequest again(LetterBox box, LetterFilter filter, RedriveTarget target) {
        return new RedriveRequest(box.only(), filter, RedriveScope.ALL, target, RedriveLimits.DEFAULT);
    }

    private static RedriveRequest toSource(LetterBox box) {
        return new RedriveRequest(
                box.only(), LetterFilter.ALL, RedriveScope.PENDING, RedriveTarget.SOURCE, RedriveLimits.DEFAULT);
    }

    private static String refusal(LetterBox box, RedriveRequest request) {
        ToolException refused = assertThrows(ToolException.class, () -> redrive(box, request));
        assertEquals(ToolException.Kind.REFUSED, refused.kind());
        assertTrue(refused.getMessage().contains("Redrive with --again"), refused.getMessage());
        return refused.getMessage();
    }

    private static Map<TopicPartition, Long> positions(LetterBox box) {
        return KAFKA.cluster().committedOffsets(LetterLog.groupOf(box.letterTopic())).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private static void forgetAll(LetterBox box) throws ExecutionException, InterruptedException {
        KAFKA.cluster()
                .admin()
                .deleteConsumerGroups(List.of(LetterLog.groupOf(box.letterTopic())))
                .all()
                .get();
    }

    /** With topics that keep even these. */
    private static void sendLongAgo(LetterBox box, int count, int partitions)
            throws ExecutionException, InterruptedException {
        AlterConfigOp keep = new AlterConfigOp(new ConfigEntry("retention.ms", "-1"), AlterConfigOp.OpType.SET);
        KAFKA.cluster()
                .admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, box.letterTopic()), List.of(keep),
                        new ConfigResource(ConfigResource.Type.TOPIC, box.source()), List.of(keep)))
                .all()
                .get();
        box.send(IntStream.range(0, count)
                .mapToObj(i -> at(LONG_AGO, box.letter(i % partitions, "k" + i % 3, "v" + i, Map.of())))
                .toList());
    }

    private static ProducerRecord<byte[], byte[]> at(Instant time, ProducerRecord<byte[], byte[]> letter) {
        return new ProducerRecord<>(
                letter.topic(),
                letter.partition(),
                time.toEpochMilli(),
                letter.key(),
                letter.value(),
                letter.headers());
    }

    @Test
    void toSendSomeAgainForgetsNoneOfTheOthers() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 2);
        box.send(18, 2);
        assertEquals(18, redrive(box, box.all()));
        LetterFilter some = LetterFilter.ALL.withKey(Optional.of("k1"));
        assertEquals(6, redrive(box, again(box, some, RedriveTarget.GROUP)));
        assertEquals(0, redrive(box, box.all()), "all of them had gone back");
        RedriveRequest one = new RedriveRequest(
                box.only(),
                LetterFilter.ALL,
                RedriveScope.ALL,
                RedriveTarget.GROUP,
                new RedriveLimits(OptionalInt.empty(), OptionalLong.of(1), 3));
        assertEquals(1, redrive(box, one));
        assertEquals(0, redrive(box, box.all()), "all of them had gone back");
    }

    @Test
    void toSendSomeAgainLeavesThoseThatHaveNotGone() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(9, 1);
        RedriveRequest some = new RedriveRequest(
                box.only(),
                LetterFilter.ALL.withKey(Optional.of("k1")),
                RedriveScope.PENDING,
                RedriveTarget.GROUP,
                RedriveLimits.DEFAULT);
        assertEquals(3, redrive(box, some));
        assertEquals(3, redrive(box, again(box, some.filter(), RedriveTarget.GROUP)));
        assertEquals(6, redrive(box, box.all()));
        assertEquals(0, redrive(box, box.all()));
    }

    @Test
    void whereNobodyKnowsAnyMoreNothingGoesBackUnasked() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(3, 1);
        redrive(box, box.all());
        forgetAll(box);
        String refusal = refusal(box, box.all());
        assertTrue(refusal.contains("the redrive topic has records"), refusal);
        assertEquals(3, redrive(box, again(box, LetterFilter.ALL, RedriveTarget.GROUP)));
        assertEquals(0, redrive(box, box.all()), "from then on it is known again");
    }

    @Test
    void whatIsOlderThanWhatGoesAgainCountsAsGoneWhereNobodyKnows() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(3, 1);
        redrive(box, box.all());
        forgetAll(box);
        Instant later = Instant.ofEpochMilli(LetterBox.TIME).plusSeconds(1);
        box.send(List.of(at(later, box.letter(0, "k", "later", Map.of()))));
        LetterFilter since = LetterFilter.ALL.withTimes(Optional.of(later), Optional.empty());
        assertEquals(1, redrive(box, again(box, since, RedriveTarget.GROUP)));
        assertEquals(0, redrive(box, box.all()));
        assertEquals(List.of("later", "v0", "v1", "v2"), box.values(box.redriveTopic()), "each once");
    }

    /** Brokers drop positions one by one, and a redrive may have written some of them only. */
    @Test
    void thePositionOfOnePartitionIsMissed() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 2);
        sendLongAgo(box, 10, 2);
        redrive(box, box.all());
        box.forget(1);
        String refusal = refusal(box, box.all());
        assertTrue(refusal.contains("no position for 1 partition, "), refusal);
        LetterFilter none =
                LetterFilter.ALL.withTimes(Optional.of(Instant.ofEpochMilli(LetterBox.TIME)), Optional.empty());
        assertEquals(0, redrive(box, again(box, none, RedriveTarget.GROUP)));
        assertEquals(0, redrive(box, box.all()));
    }

    @Test
    void aPartitionThatIsNewHasNoPositionYet() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(3, 1);
        redrive(box, box.all());
        KAFKA.cluster()
                .admin()
                .createPartitions(Map.of(box.letterTopic(), NewPartitions.increaseTo(2)))
                .all()
                .get();
        KAFKA.cluster().awaitLeaders(box.letterTopic());
        box.send(List.of(box.letter(1, "k", "new", Map.of())));
        assertEquals(1, redrive(box, box.all()));
    }

    /** What goes to the source leaves no trace but the position. */
    @Test
    void oldLettersGoToTheSourceOnlyIfItIsKnownThatTheyHaveNotBeenThere()
            throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        sendLongAgo(box, 3, 1);
        String refusal = refusal(box, toSource(box));
        assertTrue(refusal.contains("leaves no other trace"), refusal);
        assertEquals(3, redrive(box, again(box, LetterFilter.ALL, RedriveTarget.SOURCE)));
        assertEquals(0, redrive(box, toSource(box)));
        forgetAll(box);
        refusal(box, toSource(box));
        assertEquals(List.of("v0", "v1", "v2"), box.values(box.source()));
    }

    /** Nothing tells them from letters that never went anywhere, and to refuse those would refuse the first redrive there is. */
    @Test
    void lettersThatOnlyWentToTheirSourceAreNewToTheGroupOnceAllPositionsAreGone()
            throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        sendLongAgo(box, 3, 1);
        assertEquals(3, redrive(box, again(box, LetterFilter.ALL, RedriveTarget.SOURCE)));
        assertEquals(0, redrive(box, box.all()), "as long as the positions are there");
        forgetAll(box);
        assertEquals(3, redrive(box, box.all()));
    }

    /** A redrive that sends nothing renews what is known all the same, and of all partitions. */
    @Test
    void everyRedriveRenewsEveryPosition() throws ExecutionException, InterruptedException {
        LetterBox box = new LetterBox(KAFKA.cluster(), 3);
        box.send(List.of(box.letter(0, "k", "v", Map.of())));
        redrive(box, box.all());
        Map<TopicPartition, Long> all = Map.of(
                new TopicPartition(box.letterTopic(), 0), 1L,
                new TopicPartition(box.letterTopic(), 1), 0L,
                new TopicPartition(box.letterTopic(), 2), 0L);
        assertEquals(all, positions(box));
        box.forget(1);
        assertEquals(0, redrive(box, box.all()));
        assertEquals(all, positions(box));
    }
}
