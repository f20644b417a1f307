package io.bywash.tools.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.tools.ToolException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What becomes of a transaction that does not end well. */
class RedriveWriterTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final RedriveWriter writer =
            new RedriveWriter(producer, "orders.dlt", new MockConsumer<>("earliest").groupMetadata());

    private void write() {
        writer.write(
                List.of(new ProducerRecord<>("orders.redrive", "v".getBytes(UTF_8))),
                Map.of(new TopicPartition("orders.dlt", 0), new OffsetAndMetadata(1)));
    }

    /** Kafka's producer allows nothing after this but to close it, and the broker may have committed. */
    @Test
    void aCommitThatIsNotConfirmedIsNotAbortedAndSaysThatNobodyKnows() {
        producer.commitTransactionException = new TimeoutException("timed out");
        ToolException unknown = assertThrows(ToolException.class, this::write);
        assertEquals(ToolException.Kind.BROKER, unknown.kind());
        assertTrue(
                unknown.getMessage().startsWith("whether the last 1 letters of orders.dlt went back is not known"),
                unknown.getMessage());
        assertFalse(producer.transactionAborted());
    }

    /** A redrive begins by writing positions alone. */
    @Test
    void aCommitWithoutLettersThatIsNotConfirmedSpeaksOfPositions() {
        producer.commitTransactionException = new TimeoutException("timed out");
        ToolException unknown = assertThrows(
                ToolException.class,
                () -> writer.write(List.of(), Map.of(new TopicPartition("orders.dlt", 0), new OffsetAndMetadata(1))));
        assertEquals(ToolException.Kind.BROKER, unknown.kind());
        assertEquals(
                "this redrive sent no letter of orders.dlt back, and whether it wrote the positions it begins with is not known,"
                        + " since the broker did not confirm them in time; the next redrive finds out and goes on from there",
                unknown.getMessage());
    }

    @Test
    void whatFailsBeforeIsAborted() {
        producer.sendOffsetsToTransactionException = new KafkaException("refused");
        producer.abortTransactionException = new IllegalStateException("must be retried");
        KafkaException refused = assertThrows(KafkaException.class, this::write);
        assertEquals("refused", refused.getMessage());
        assertEquals("must be retried", refused.getSuppressed()[0].getMessage());
    }
}
