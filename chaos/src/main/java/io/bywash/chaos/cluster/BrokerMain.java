package io.bywash.chaos.cluster;

import io.bywash.chaos.process.ParentWatch;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** The process of a broker. SIGTERM stops it as an operator would. */
final class BrokerMain {
    private BrokerMain() {}

    /**
     * Formats the directory of the node unless that was done before, and runs the node.
     *
     * @param arguments the file with its properties, and the id of the cluster
     * @throws Exception if it does not start
     */
    public static void main(String[] arguments) throws Exception {
        ParentWatch.begin();
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            properties.load(reader);
        }
        format(properties, arguments[1]);
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        server.startup();
        server.awaitShutdown();
    }

    private static void format(Properties properties, String clusterId) throws Exception {
        String directory = properties.getProperty("log.dirs");
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(NodeLayout.CONTROLLER)
                .setClusterId(clusterId)
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setDirectories(List.of(directory))
                .setMetadataLogDirectory(directory)
                .setIgnoreFormatted(true)
                .run();
    }
}
