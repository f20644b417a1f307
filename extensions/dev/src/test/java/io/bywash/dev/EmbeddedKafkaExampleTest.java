package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the page on embedding shows of the test kit. */
class EmbeddedKafkaExampleTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @Test
    void whatIsProducedIsRead() {
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            kafka.createTopic("orders", 4);
            kafka.produce("orders", "order-1", "two lamps");
            List<ConsumerRecord<String, String>> read =
                    kafka.read("orders", new StringDeserializer(), new StringDeserializer());
            assertEquals("two lamps", read.get(0).value());
        }
    }

    @Test
    void theSharedBrokerRuns() {
        assertFalse(KAFKA.cluster().bootstrapServers().isEmpty());
    }
}
