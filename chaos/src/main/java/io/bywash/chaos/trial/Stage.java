package io.bywash.chaos.trial;

import io.bywash.chaos.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where trials run: a cluster, and a directory for logs and journals, both of which they share.
 *
 * @param cluster the cluster
 * @param directory the directory
 * @param runs counts the runs, so that each has names of its own
 */
public record Stage(Cluster cluster, Path directory, AtomicInteger runs) implements AutoCloseable {
    private static final int BROKERS = 3;

    /**
     * Starts the cluster.
     *
     * @param directory a directory that is created if absent; what trials leave in it tells why one failed
     * @return the stage
     * @throws IOException if a process does not start
     */
    public static Stage open(Path directory) throws IOException {
        Files.createDirectories(directory);
        return new Stage(
                Cluster.start(BROKERS, Files.createTempDirectory(directory, "cluster-")),
                directory,
                new AtomicInteger());
    }

    /** A name that no other run has. */
    String name(String trial) {
        return trial + "-" + runs.incrementAndGet();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
