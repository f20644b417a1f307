package io.bywash.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three brokers, of which any can go and come back. */
class FailoverTest {

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA =
            EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder().brokers(3));

    private final EmbeddedKafka kafka = KAFKA.cluster();

    @Test
    void goesOnWithoutTheLeaderAndTakesItBack() {
        String topic = kafka.createUniqueTopic("orders", 1);
        TopicPartition partition = new TopicPartition(topic, 0);
        kafka.produce(topic, "key", "before");
        kafka.awaitInSync(topic);
        String addresses = kafka.bootstrapServers();
        int leader = kafka.leader(partition);

        kafka.stopBroker(leader);
        kafka.produce(topic, "key", "meanwhile");
        assertNotEquals(leader, kafka.leader(partition));

        kafka.startBroker(leader);
        kafka.awaitInSync(topic);
        assertEquals(addresses, kafka.bootstrapServers());
        assertEquals(2, kafka.read(topic).size());
    }

    @Test
    void comesBackWithItsDataAfterAllWereStopped() {
        String topic = kafka.createUniqueTopic("orders", 4);
        kafka.produce(topic, "key", "value");

        kafka.brokers().forEach(kafka::stopBroker);
        kafka.brokers().forEach(kafka::startBroker);

        kafka.awaitLeaders(topic);
        assertEquals(1, kafka.read(topic).size());
    }

    @Test
    void replicatesToEveryBroker() {
        String topic = kafka.createUniqueTopic("orders", 1);

        int replicas = kafka.admin()
                .describeTopics(List.of(topic))
                .allTopicNames()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .get(topic)
                .partitions()
                .get(0)
                .replicas()
                .size();

        assertEquals(3, replicas);
    }

    @Test
    void namesTheBrokerThatDoesNotExist() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> kafka.stopBroker(4));

        assertEquals("There is no broker 4; this cluster has brokers 1 to 3.", e.getMessage());
    }

    @Test
    void refusesToStartARunningBrokerAndToStopAStoppedOne() {
        EmbeddedKafkaException running = assertThrows(EmbeddedKafkaException.class, () -> kafka.startBroker(3));
        assertEquals("Broker 3 is running already. Stop it first.", running.getMessage());

        kafka.stopBroker(3);
        EmbeddedKafkaException stopped = assertThrows(EmbeddedKafkaException.class, () -> kafka.stopBroker(3));
        kafka.startBroker(3);
        assertEquals("Broker 3 is not running. Start it first.", stopped.getMessage());
    }
}
