package io.bywash.dev;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.Listener;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** The embedded broker of the command, and the way there for its consumers. */
final class DevBroker implements AutoCloseable {
    private static final int PARTITIONS = 4;

    private final EmbeddedKafka kafka;
    private final DevFolder folder;

    private DevBroker(EmbeddedKafka kafka, DevFolder folder) {
        this.kafka = kafka;
        this.folder = folder;
    }

    /** Starts it on the port that is wanted, or on a free one. */
    static DevBroker start(DevFolder folder, Optional<Integer> port) {
        Listener listener = Listener.plaintext("CLIENT");
        return new DevBroker(
                EmbeddedKafka.builder()
                        .listener(port.map(listener::port).orElse(listener))
                        .dataDirectory(folder.kafka())
                        .start(),
                folder);
    }

    EmbeddedKafka kafka() {
        return kafka;
    }

    /** Returns a configuration that leads consumers here, and the demo's database into the folder unless it has a place. */
    Config lead(Config application) {
        Config led = ConfigFactory.parseMap(
                        Map.of("bywash.kafka.bootstrap.servers", kafka.bootstrapServers()), "the dev command")
                .withFallback(application);
        boolean hasDatabase = application.hasPath("orders.jdbc.url") || System.getenv("ORDERS_JDBC_URL") != null;
        return hasDatabase
                ? led
                : ConfigFactory.parseMap(
                                Map.of("orders.jdbc.url", "jdbc:h2:file:" + folder.database()), "the dev command")
                        .withFallback(led);
    }

    /** Creates the topics that a former run has not left behind. */
    void createTopics(Set<String> topics) {
        Set<String> missing = new TreeSet<>(topics);
        missing.removeAll(existing());
        missing.forEach(topic -> kafka.createTopic(topic, PARTITIONS));
    }

    private Set<String> existing() {
        try {
            return kafka.admin().listTopics().names().get();
        } catch (ExecutionException e) {
            throw new KafkaException("the embedded broker does not list its topics", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        kafka.close();
    }
}
