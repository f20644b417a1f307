package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.TestGroup;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a new leader writes first may be the marker of a transaction, which nobody is shown. An offset beyond it that was committed with the
 * epoch of the record before it would look to the next owner as if the log had been cut.
 */
class MarkerOfNewLeaderTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder());

    @AutoClose
    private final Members members = new Members();

    private final KeyLog log = new KeyLog();
    private final EventLog events = new EventLog();

    /** Writes a record under one leader and the marker of its transaction under the next. */
    private void write(TestGroup group) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers(), "transactional.id", group.name());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(group.topic(), 0, null, "one")).get();
            KAFKA.cluster().restartBroker(1);
            producer.commitTransaction();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverComesNextGoesOnBehindIt(Protocol protocol) throws Exception {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1, protocol);
        write(group);
        GroupConsumer first = members.start(group.member("a", log.handler()));
        group.awaitCommitted(0, 2);
        Optional<Integer> epoch = group.commit(0).flatMap(OffsetAndMetadata::leaderEpoch);
        first.close(Duration.ofSeconds(20));
        members.start(group.member("b", log.handler()).listener(events));
        List<String> more = group.produceTo(0, 3);
        Await.until(
                () -> "b is at " + group.committed(0) + ": " + events.of(GroupEvent.PartitionHalted.class),
                () -> group.committed(0) == 2 + more.size()
                        || !events.of(GroupEvent.PartitionHalted.class).isEmpty());
        assertEquals(List.of(), events.of(GroupEvent.PartitionHalted.class));
        assertEquals(epoch, group.commit(0).flatMap(OffsetAndMetadata::leaderEpoch), "that of the marker");
    }
}
