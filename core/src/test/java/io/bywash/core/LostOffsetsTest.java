package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Ordering;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A broker that loses what a group has committed, while the group is there, makes its members do nothing; but it may make their successors. */
class LostOffsetsTest {
    private static final String OFFSETS = "__consumer_offsets";
    private static final int BEFORE = 10;
    private static final int GAP = 3;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder());

    @AutoClose
    private final Members members = new Members();

    private final KeyLog log = new KeyLog();
    private final KeyLog later = new KeyLog();
    private final EventLog events = new EventLog();

    /** One restart of the broker is enough for a group that goes on, one that has nothing more to do, and one with a gap. */
    @Test
    void aMemberGoesOnFromWhereItIsAndASuccessorFromWhatWasCommittedSinceOrFromTheStart() {
        TestGroup busy = TestGroup.on(KAFKA.cluster(), 1);
        TestGroup idle = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = busy.produceTo(0, BEFORE);
        idle.produceTo(0, BEFORE);
        KeyLog unmoved = new KeyLog();
        WithAGap gap = new WithAGap();
        GroupConsumer goesOn = members.start(busy.member("a", log.handler()).listener(events));
        GroupConsumer rests = members.start(idle.member("a", unmoved.handler()));
        GroupConsumer waits = gap.begin();
        busy.awaitCommitted(0, BEFORE);
        idle.awaitCommitted(0, BEFORE);
        // Until then they have something more to commit.
        idle.awaitTopicId(0);
        gap.group.awaitTopicId(0);

        loseCommitsOf(busy, idle, gap.group);
        gap.tellMore(waits);
        List<String> more = busy.produceTo(0, 5);
        busy.awaitCommitted(0, BEFORE + 5);
        log.assertEachOnce(Stream.concat(written.stream(), more.stream()).toList());
        assertEquals(1, starts(events).size(), "its start alone");
        assertTrue(goesOn.close(Duration.ofSeconds(20)));
        assertTrue(rests.close(Duration.ofSeconds(20)));
        assertEquals(-1, idle.committed(0), "nothing has moved, so there was nothing to commit");

        EventLog laterEvents = new EventLog();
        KeyLog again = new KeyLog();
        members.start(busy.member("b", later.handler()));
        members.start(idle.member("b", again.handler()).listener(laterEvents));
        idle.awaitCommitted(0, BEFORE);
        assertEquals(BEFORE, again.begun().size(), "without a commit it begins at the start");
        assertEquals(List.of(new GroupEvent.PartitionsStarted(Map.of(idle.partition(0), 0L))), starts(laterEvents));
        List<String> last = busy.produceTo(0, 1);
        busy.awaitNoLag();
        later.assertEachOnce(last);
        gap.assertSuccessorHandlesWhatWaited();
    }

    /** A group of which one record waits and the others are complete: every commit tells all of that, and not what is new of it. */
    private final class WithAGap {
        private final TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        private final Meddler meddler = new Meddler();
        private final KeyLog again = new KeyLog();
        private List<String> written = List.of();

        GroupConsumer begin() {
            written = group.produceTo(0, BEFORE);
            Gate gate = new Gate();
            RecordingHandler.Work work = (record, context) -> {
                if (record.offset() == GAP) {
                    gate.pass();
                }
            };
            GroupConsumer first = members.start(group.member("a", new KeyLog().handler(work))
                    .ordering(Ordering.key(4))
                    .environment(meddler.environment()));
            awaitTold(BEFORE);
            return first;
        }

        /** Has one more to tell of, and then ends all at once, so that only what it has told is known. */
        void tellMore(GroupConsumer first) {
            group.produceTo(0, 1);
            awaitTold(BEFORE + 1);
            meddler.cutOff();
            first.close(Duration.ofMillis(200));
        }

        void assertSuccessorHandlesWhatWaited() {
            members.start(group.member("b", again.handler()).ordering(Ordering.key(4)));
            group.awaitNoLag();
            assertEquals(List.of(written.get(GAP)), again.begun());
        }

        private void awaitTold(long end) {
            Await.until(
                    () -> "all from " + (GAP + 1) + " to " + end + " is told: " + group.commit(0),
                    () -> group.commit(0)
                            .filter(commit -> commit.offset() == GAP)
                            .map(commit -> CommittedOffset.origin("it", commit).done())
                            .filter(done -> done.count() == 1 && done.first(0) == GAP + 1 && done.end(0) == end)
                            .isPresent());
        }
    }

    private static List<GroupEvent.PartitionsStarted> starts(EventLog events) {
        return events.of(GroupEvent.PartitionsStarted.class);
    }

    private static void loseCommitsOf(TestGroup... groups) {
        overwrite(Stream.of(groups).map(TestGroup::name).toList());
        KAFKA.cluster().restartBroker(1);
        Await.until(
                "the broker has forgotten them",
                () -> Stream.of(groups).allMatch(group -> group.committed().isEmpty()));
    }

    /** Writes over the commits of groups in the log that the coordinator reads when it starts, as nobody but a broker should. */
    private static void overwrite(List<String> groups) {
        Map<String, Object> asBroker =
                Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers(), "client.id", "__admin_client");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(asBroker, new ByteArraySerializer(), new ByteArraySerializer())) {
            KAFKA.cluster().read(OFFSETS).stream()
                    .filter(record -> record.key() != null && groups.contains(groupOfCommit(record.key())))
                    .map(record -> new ProducerRecord<byte[], byte[]>(OFFSETS, record.partition(), record.key(), null))
                    .forEach(producer::send);
        }
    }

    /** A key is a version, of which 0 and 1 are those of commits, and the name of the group, which the topic follows. */
    private static String groupOfCommit(byte[] key) {
        ByteBuffer fields = ByteBuffer.wrap(key);
        if (!Set.of((short) 0, (short) 1).contains(fields.getShort())) {
            return "";
        }
        byte[] group = new byte[fields.getShort()];
        fields.get(group);
        return new String(group, StandardCharsets.UTF_8);
    }
}
