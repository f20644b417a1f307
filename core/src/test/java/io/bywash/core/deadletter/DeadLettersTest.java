package io.bywash.core.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private final List<MockProducer<byte[], byte[]>> created = new ArrayList<>();
    private final DeadLetters letters = new DeadLetters(this::create, topic -> topic + ".dlt");

    private MockProducer<byte[], byte[]> create() {
        Node node = new Node(1, "127.0.0.1", 1);
        Node[] replicas = {node};
        PartitionInfo only = new PartitionInfo("orders.dlt", 0, node, replicas, replicas);
        Cluster cluster = new Cluster("held", List.of(node), List.of(only), Set.of(), Set.of());
        created.add(new MockProducer<>(cluster, true, null, new ByteArraySerializer(), new ByteArraySerializer()));
        return created.get(0);
    }

    private DeadLetterWrite.State send() {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>("orders", 0, 7, new byte[1], new byte[1]);
        return letters.send(
                        new DeadLetter(
                                record,
                                "orders",
                                "billing",
                                new DeadLetter.Failure("order-handler", 1, new RuntimeException("no"))),
                        () -> {})
                .advance();
    }

    @Test
    void aProducerThatDoesNotCloseWellHoldsUpNoShutdown() {
        assertInstanceOf(DeadLetterWrite.Acknowledged.class, send());
        created.get(0).closeException = new KafkaException("a metrics reporter did not close");
        letters.close();
    }

    /** A call that outlives its consumer may still fail. A producer made for it then would never be closed. */
    @Test
    void noProducerIsCreatedAfterTheEnd() {
        letters.close();
        DeadLetterWrite.Failed failed = assertInstanceOf(DeadLetterWrite.Failed.class, send());
        assertTrue(failed.cause().getMessage().contains("closed"), failed.cause()::getMessage);
        assertEquals(List.of(), created);
    }
}
