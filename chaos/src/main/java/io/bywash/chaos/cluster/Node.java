package io.bywash.chaos.cluster;

import io.bywash.chaos.process.ChildJvm;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** A broker with its controller, as a process. One thread at a time. */
final class Node implements AutoCloseable {
    private static final String HEAP = "320m";
    private static final Duration HANDOVER = Duration.ofSeconds(60);

    private final NodeLayout layout;
    private final String clusterId;
    private final Path settings;
    private final Path log;
    private ChildJvm process;

    private Node(NodeLayout layout, String clusterId, Path directory) throws IOException {
        this.layout = layout;
        this.clusterId = clusterId;
        settings = directory.resolve("node-" + layout.id() + ".properties");
        log = directory.resolve("node-" + layout.id() + ".log");
        process = launch();
    }

    static Node start(NodeLayout layout, Properties properties, String clusterId, Path directory) throws IOException {
        try (Writer writer = Files.newBufferedWriter(directory.resolve("node-" + layout.id() + ".properties"))) {
            properties.store(writer, null);
        }
        return new Node(layout, clusterId, directory);
    }

    private ChildJvm launch() throws IOException {
        return ChildJvm.start(BrokerMain.class, HEAP, log, List.of(settings.toString(), clusterId));
    }

    NodeLayout layout() {
        return layout;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() {
        process.kill();
    }

    /** SIGTERM, and waits for the end; a broker that does not hand over in time is killed. */
    void stop() {
        process.terminate();
        if (!process.awaitExit(HANDOVER)) {
            process.kill();
            throw new IllegalStateException("broker " + layout.id() + " did not stop within " + HANDOVER.toSeconds()
                    + " s of SIGTERM; see " + log);
        }
    }

    void restart() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        process.close();
    }
}
