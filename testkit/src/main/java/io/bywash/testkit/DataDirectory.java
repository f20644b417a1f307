package io.bywash.testkit;

import java.io.IOException;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Utils;

/** Where the nodes of a cluster keep their data: one directory each, {@code node-1} and so on. */
final class DataDirectory implements AutoCloseable {

    private static final String NODE = "node-";

    /** What becomes of the data when the cluster is closed. */
    private enum Afterwards {
        KEEP,
        DELETE
    }

    private final Path root;
    private final Afterwards afterwards;
    private final FileChannel lock;

    private DataDirectory(Path root, Afterwards afterwards) throws IOException {
        this.root = root;
        this.afterwards = afterwards;
        this.lock = lock(root);
    }

    /** The given directory, created if absent, or else a new one that is deleted on {@link #close}. */
    static DataDirectory of(Optional<Path> wanted) {
        try {
            return wanted.isPresent()
                    ? new DataDirectory(Files.createDirectories(wanted.get().toAbsolutePath()), Afterwards.KEEP)
                    : new DataDirectory(Files.createTempDirectory("bywash-kafka-"), Afterwards.DELETE);
        } catch (IOException e) {
            throw new EmbeddedKafkaException(
                    "Data directory "
                            + wanted.map(Path::toString).orElse("under " + System.getProperty("java.io.tmpdir"))
                            + " cannot be created: " + e + ". Name a directory that this user may write to.",
                    e);
        }
    }

    /** Kafka's own lock is no use here: it is looked at after the metadata has been opened, and damaged. */
    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new EmbeddedKafkaException("Data directory " + root
                    + " is in use by another cluster. Close that one first, or name another directory.");
        }
        return channel;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path ofNode(int id) {
        return root.resolve(NODE + id);
    }

    /** Formats what has not been formatted; data that was left here is kept and must be of as many brokers. */
    void format(int brokers) {
        try {
            checkBrokers(brokers);
            String clusterId =
                    formattedClusterId().orElseGet(() -> Uuid.randomUuid().toString());
            for (int id = 1; id <= brokers; id++) {
                KafkaNode.format(id, clusterId, Files.createDirectories(ofNode(id)), InternalListeners.CONTROLLER);
            }
        } catch (EmbeddedKafkaException e) {
            throw e;
        } catch (Exception e) {
            throw new EmbeddedKafkaException(
                    "Data directory " + root + " cannot be prepared for Kafka: " + e.getMessage()
                            + " Empty it or name another.",
                    e);
        }
    }

    private void checkBrokers(int brokers) throws IOException {
        List<Path> nodes;
        try (Stream<Path> entries = Files.list(root)) {
            nodes = entries.filter(entry -> entry.getFileName().toString().startsWith(NODE))
                    .toList();
        }
        if (!nodes.isEmpty() && nodes.size() != brokers) {
            throw new EmbeddedKafkaException("Data directory " + root + " holds a cluster of " + nodes.size()
                    + " brokers, not " + brokers + ". Start as many, or name another directory.");
        }
    }

    private Optional<String> formattedClusterId() throws IOException {
        Path file = ofNode(1).resolve("meta.properties");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties meta = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            meta.load(reader);
        }
        return Optional.ofNullable(meta.getProperty("cluster.id"));
    }

    /** Lets others use the directory, or deletes it if it is temporary. */
    @Override
    public void close() {
        try (lock) {
            if (afterwards == Afterwards.DELETE && lock.isOpen()) {
                Utils.delete(root.toFile());
            }
        } catch (IOException e) {
            throw new EmbeddedKafkaException(
                    "Temporary directory " + root + " cannot be deleted: " + e + ". Delete it by hand.", e);
        }
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
