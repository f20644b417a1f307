package io.bywash.examples.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.GroupReader;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReadingAppTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder());

    @Test
    @Timeout(60)
    void readsInOrderAndCommitsWhatItMarked() {
        EmbeddedKafka cluster = KAFKA.cluster();
        cluster.createTopic("greetings", 1);
        cluster.produce("greetings", "Ada", "good morning");
        cluster.produce("greetings", "Alan", "good night");
        List<String> seen = new ArrayList<>();
        GroupReader<String, String> reader = ReadingApp.start(cluster.bootstrapServers());
        ReadingApp.read(reader, value -> {
            seen.add(value);
            if (value.equals("good night")) {
                // The one that asks for the end is marked after this and not committed any more.
                reader.close();
            }
        });
        assertEquals(List.of("good morning", "good night"), seen);
        assertEquals(
                1,
                cluster.committedOffsets("reader")
                        .get(new TopicPartition("greetings", 0))
                        .offset());
    }
}
