package io.bywash.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmbeddedKafkaTest {

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @Test
    void readsBackWhatWasProduced() {
        String topic = KAFKA.cluster().createUniqueTopic("orders", 1);
        KAFKA.cluster().produce(topic, "key", "first");
        KAFKA.cluster().produce(topic, "key", "second");

        StringDeserializer strings = new StringDeserializer();
        List<String> values = KAFKA.cluster().read(topic, strings, strings).stream()
                .map(record -> record.value())
                .toList();

        assertEquals(List.of("first", "second"), values);
        assertEquals(2L, KAFKA.cluster().endOffsets(topic).get(new TopicPartition(topic, 0)));
    }
}
