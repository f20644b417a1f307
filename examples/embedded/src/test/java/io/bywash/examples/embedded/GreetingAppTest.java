package io.bywash.examples.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumer;
import io.bywash.core.event.ConsumerState;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class GreetingAppTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @Test
    @Timeout(60)
    void printsGreetingsAndCommitsThem() {
        EmbeddedKafka cluster = KAFKA.cluster();
        cluster.createTopic("greetings", 1);
        cluster.produce("greetings", "Ada", "good morning");
        cluster.produce("greetings", "Alan", "good night");
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try (GroupConsumer consumer = GreetingApp.start(cluster.bootstrapServers())) {
            awaitCommit(cluster, 2);
            assertEquals(ConsumerState.RUNNING, consumer.state());
            assertTrue(consumer.close(Duration.ofSeconds(20)), "closes in time");
        } finally {
            System.setOut(console);
        }
        assertEquals(
                "Ada says good morning%nAlan says good night%n".formatted(), printed.toString(StandardCharsets.UTF_8));
    }

    private static void awaitCommit(EmbeddedKafka cluster, long offset) {
        TopicPartition partition = new TopicPartition("greetings", 0);
        while (!cluster.committedOffsets("greeter").containsKey(partition)
                || cluster.committedOffsets("greeter").get(partition).offset() < offset) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
