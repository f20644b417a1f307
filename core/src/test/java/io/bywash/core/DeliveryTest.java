package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every record reaches the handler once, in the order of its partition, and is committed after it was handled. */
class DeliveryTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();

    @ParameterizedTest
    @EnumSource
    void handlesEveryRecordOnceInOrderAndCommitsToTheEnd(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 4, protocol);
        List<String> written = new ArrayList<>(group.produce(2_000));

        GroupConsumer consumer = members.start(group.member("a", new RecordingHandler("a", log)));
        log.awaitValues(written);
        written.addAll(group.produce(2_000));
        log.awaitValues(written);
        assertTrue(consumer.close(Duration.ofSeconds(30)));

        log.assertEachOnceInOrder(written);
        assertEquals(group.ends(), group.committed());
    }

    @Test
    void goesOnAfterARestartWhereItStopped() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        List<String> written = new ArrayList<>(group.produce(100));
        GroupConsumer first = members.start(group.member("a", new RecordingHandler("a", log)));
        log.awaitValues(written);
        first.close();

        written.addAll(group.produce(100));
        members.start(group.member("b", new RecordingHandler("b", log)));
        log.awaitValues(written);

        log.assertEachOnceInOrder(written);
        assertEquals(100, log.finishedBy("b").size());
    }

    @ParameterizedTest
    @EnumSource
    void commitsPastTransactionMarkersAndAbortedTransactions(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        List<String> visible = new ArrayList<>();
        members.start(group.member("a", new RecordingHandler("a", log)));
        try (Transactions transactions = new Transactions(group)) {
            visible.addAll(transactions.commit(10));
            transactions.abort(10);
            visible.addAll(transactions.commit(1));
            log.awaitValues(visible);
            group.awaitNoLag();

            // Nothing but holes: no record comes that could carry the position over them.
            transactions.abort(5);
            group.awaitNoLag();
        } catch (InvalidTxnStateException e) {
            // Now and then the coordinator forgets a transaction between its first record and its end; the producer is
            // lost then.
            Assumptions.abort("the brokers lost the transaction, so nothing was to be read: " + e);
        }

        log.assertEachOnceInOrder(visible);
    }

    private static final class Transactions implements AutoCloseable {
        private final TestGroup group;
        private final KafkaProducer<String, String> producer;
        private int written;

        Transactions(TestGroup group) {
            this.group = group;
            this.producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers(), "transactional.id", group.name()),
                    new StringSerializer(),
                    new StringSerializer());
            producer.initTransactions();
        }

        List<String> commit(int perPartition) {
            List<String> values = write(perPartition);
            producer.commitTransaction();
            return values;
        }

        void abort(int perPartition) {
            write(perPartition);
            producer.flush();
            producer.abortTransaction();
        }

        private List<String> write(int perPartition) {
            producer.beginTransaction();
            List<String> values = new ArrayList<>();
            for (int i = 0; i < 2 * perPartition; i++) {
                values.add("t" + written++);
                producer.send(new ProducerRecord<>(group.topic(), i % 2, null, values.get(i)));
            }
            return values;
        }

        @Override
        public void close() {
            producer.close();
        }
    }
}
