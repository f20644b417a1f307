package io.bywash.examples.embedded;

import io.bywash.core.GroupReader;
import io.bywash.core.pull.PartitionStream;
import io.bywash.core.pull.ReadRecord;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Drives the loop itself: takes greetings one by one and says which it is done with. */
public final class ReadingApp {
    private ReadingApp() {}

    static GroupReader<String, String> start(String bootstrapServers) {
        return GroupReader.builder(StringDeserializer::new, StringDeserializer::new)
                .group("reader")
                .topics("greetings")
                .kafka(Map.of("bootstrap.servers", bootstrapServers))
                .start();
    }

    /** Reads until the reader is closed. */
    static void read(GroupReader<String, String> reader, Consumer<String> work) {
        for (ReadRecord<String, String> read : reader.records()) {
            work.accept(read.record().value());
            reader.mark(read);
        }
    }

    /** Reads each partition on a thread of its own until the reader is closed. */
    static void readPartitions(GroupReader<String, String> reader, Consumer<String> work) {
        for (PartitionStream<String, String> partition : reader.partitions()) {
            new Thread(() -> read(reader, partition, work)).start();
        }
    }

    private static void read(
            GroupReader<String, String> reader, PartitionStream<String, String> partition, Consumer<String> work) {
        try (partition) {
            for (ReadRecord<String, String> read : partition) {
                work.accept(read.record().value());
                reader.mark(read);
            }
        }
    }

    /**
     * Prints greetings until the process ends.
     *
     * @param arguments where the broker is, as {@code host:port}
     */
    public static void main(String[] arguments) {
        GroupReader<String, String> reader = start(arguments[0]);
        Runtime.getRuntime().addShutdownHook(new Thread(reader::close));
        read(reader, System.out::println);
    }
}
