package io.bywash.chaos.trial;

import io.bywash.chaos.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where trials run: a directory for logs and journals, and a cluster, both of which they share. One thread at a time. */
public final class Stage implements AutoCloseable {
    private static final int BROKERS = 3;

    private final Path directory;
    private @Nullable Cluster cluster;
    private int runs;

    private Stage(Path directory) {
        this.directory = directory;
    }

    /**
     * Opens a stage without a cluster.
     *
     * @param directory a directory that is created if absent; what trials leave in it tells why one failed
     * @return the stage
     * @throws IOException if the directory cannot be created
     */
    public static Stage open(Path directory) throws IOException {
        return new Stage(Files.createDirectories(directory));
    }

    /** The cluster, which starts when somebody asks for it first. */
    Cluster cluster() throws IOException {
        Cluster running = cluster;
        if (running == null) {
            running = Cluster.start(BROKERS, Files.createTempDirectory(directory, "cluster-"));
            cluster = running;
        }
        return running;
    }

    Path directory() {
        return directory;
    }

    /** A name that no other run has. */
    String name(String trial) {
        runs++;
        return trial + "-" + runs;
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
