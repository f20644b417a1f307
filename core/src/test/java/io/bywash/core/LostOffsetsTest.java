package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.TestGroup;
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

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder());

    @AutoClose
    private final Members members = new Members();

    private final KeyLog log = new KeyLog();
    private final KeyLog later = new KeyLog();
    private final EventLog events = new EventLog();

    /** One restart of the broker is enough for a group that goes on and one that has nothing more to do. */
    @Test
    void aMemberGoesOnFromWhereItIsAndASuccessorFromWhatWasCommittedSinceOrFromTheStart() {
        TestGroup busy = TestGroup.on(KAFKA.cluster(), 1);
        TestGroup idle = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = busy.produceTo(0, BEFORE);
        idle.produceTo(0, BEFORE);
        KeyLog unmoved = new KeyLog();
        GroupConsumer goesOn = members.start(busy.member("a", log.handler()).listener(events));
        GroupConsumer rests = members.start(idle.member("a", unmoved.handler()));
        busy.awaitCommitted(0, BEFORE);
        idle.awaitCommitted(0, BEFORE);
        // Until then it has something more to commit.
        idle.awaitTopicId(0);

        lose(busy, idle);
        KAFKA.cluster().restartBroker(1);
        Await.until(
                "the broker has forgotten them",
                () -> busy.committed().isEmpty() && idle.committed().isEmpty());
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
    }

    private static List<GroupEvent.PartitionsStarted> starts(EventLog events) {
        return events.of(GroupEvent.PartitionsStarted.class);
    }

    /** Writes over the commits of groups in the log that the coordinator reads when it starts, as nobody but a broker should. */
    private static void lose(TestGroup... groups) {
        Map<String, Object> asBroker =
                Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers(), "client.id", "__admin_client");
        List<String> names = Stream.of(groups).map(TestGroup::name).toList();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(asBroker, new ByteArraySerializer(), new ByteArraySerializer())) {
            KAFKA.cluster().read(OFFSETS).stream()
                    .filter(record -> record.key() != null && names.contains(groupOfCommit(record.key())))
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
