package io.bywash.examples.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.GroupReader;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
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

    @Test
    @Timeout(60)
    void readsEachPartitionOnAThreadOfItsOwn() {
        EmbeddedKafka cluster = KAFKA.cluster();
        cluster.createTopic("greetings-of-two", 2);
        CountDownLatch both = new CountDownLatch(2);
        GroupReader<String, String> reader = GroupReader.builder(StringDeserializer::new, StringDeserializer::new)
                .group("reader-of-two")
                .topics("greetings-of-two")
                .kafka(Map.of("bootstrap.servers", cluster.bootstrapServers()))
                .start();
        StringSerializer strings = new StringSerializer();
        cluster.produce(
                List.of(
                        new ProducerRecord<>("greetings-of-two", 0, "Ada", "good morning"),
                        new ProducerRecord<>("greetings-of-two", 1, "Alan", "good night")),
                strings,
                strings);
        new Thread(() -> {
                    await(both);
                    reader.close();
                })
                .start();
        ReadingApp.readPartitions(reader, greeting -> {
            both.countDown();
            // Only another thread can bring the other greeting.
            await(both);
        });
        assertEquals(0, both.getCount());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
