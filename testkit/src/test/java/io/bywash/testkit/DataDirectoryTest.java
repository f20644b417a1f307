package io.bywash.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays when a cluster is closed, and what does not. */
class DataDirectoryTest {

    @TempDir
    Path temporary;

    @Test
    void keepsTopicsAndRecordsForTheNextCluster() {
        Path directory = temporary.resolve("data");
        EmbeddedKafkaBuilder builder = EmbeddedKafka.builder().brokers(2).dataDirectory(directory);
        try (EmbeddedKafka kafka = builder.start()) {
            kafka.createTopic("orders", 3);
            kafka.produce("orders", "key", "value");
        }

        try (EmbeddedKafka kafka = builder.start()) {
            assertEquals(1, kafka.read("orders").size());
            assertEquals(3, kafka.endOffsets("orders").size());
        }

        EmbeddedKafkaException e = assertThrows(
                EmbeddedKafkaException.class,
                () -> EmbeddedKafka.builder().dataDirectory(directory).start());
        assertEquals(
                "Data directory " + directory + " holds a cluster of 2 brokers, not 1. Start as many, or name another"
                        + " directory.",
                e.getMessage());
    }

    @Test
    void isForOneClusterAtATime() {
        EmbeddedKafkaBuilder builder = EmbeddedKafka.builder().dataDirectory(temporary);
        try (EmbeddedKafka kafka = builder.start()) {
            EmbeddedKafkaException e = assertThrows(EmbeddedKafkaException.class, builder::start);
            assertEquals(
                    "Data directory " + temporary + " is in use by another cluster. Close that one first, or name"
                            + " another directory.",
                    e.getMessage());

            kafka.createTopic("orders", 1);
            kafka.produce("orders", "key", "value");
            assertEquals(1, kafka.read("orders").size());
        }
    }

    @Test
    void isLeftAloneAfterACloseThatAnInterruptDidNotHinder() {
        EmbeddedKafka kafka = EmbeddedKafka.builder().dataDirectory(temporary).start();
        Thread.currentThread().interrupt();
        kafka.close();
        assertTrue(Thread.interrupted());
        kafka.close();

        EmbeddedKafkaException e = assertThrows(EmbeddedKafkaException.class, () -> kafka.startBroker(1));

        assertEquals("The cluster of broker 1 is closed. Start another.", e.getMessage());
        assertTrue(Stream.of(kafka.bootstrapServers().split(":"))
                .skip(1)
                .map(Integer::valueOf)
                .allMatch(Ports::isFree));
    }

    @Test
    void isDeletedIfNobodyNamedIt() {
        Path directory;
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().start()) {
            directory = Path.of(kafka.admin()
                    .describeLogDirs(List.of(1))
                    .allDescriptions()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .get(1)
                    .keySet()
                    .iterator()
                    .next());
            assertTrue(Files.exists(directory));
        }
        assertFalse(Files.exists(directory.getParent()));
    }

    @Test
    void namesTheDirectoryThatCannotBe() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));

        EmbeddedKafkaException e = assertThrows(
                EmbeddedKafkaException.class,
                () -> EmbeddedKafka.builder().dataDirectory(file).start());

        assertEquals(
                "Data directory " + file + " cannot be created: java.nio.file.FileAlreadyExistsException: " + file
                        + ". Name a directory that this user may write to.",
                e.getMessage());
    }
}
