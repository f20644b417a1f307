package io.bywash.core.clients;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Finds out how long records are kept. Brokers are asked and not the controller, which may be configured in another way; and not for
 * synonyms, which leave out what brokers were told in hours.
 */
final class RecordRetention {
    static final long FOREVER = -1;

    private final Admin admin;
    private final Duration timeout;

    RecordRetention(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeout = timeout;
    }

    /**
     * Asks how long a topic keeps records, and how long it would if nobody had told it.
     *
     * @return milliseconds, negative for ever; nothing if there is no such topic
     * @throws org.apache.kafka.common.errors.AuthorizationException if this user may not know
     */
    List<Long> of(String topic) {
        Optional<ConfigEntry> told = config(ConfigResource.Type.TOPIC, topic)
                .map(config -> Objects.requireNonNull(config.get(TopicConfig.RETENTION_MS_CONFIG)));
        List<Long> kept = new ArrayList<>();
        told.ifPresent(entry -> kept.add(Long.valueOf(entry.value())));
        told.filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .flatMap(entry -> anyBroker())
                .flatMap(broker -> config(ConfigResource.Type.BROKER, broker.idString()))
                .ifPresent(config -> kept.add(unlessTold(config)));
        return kept;
    }

    private Optional<Node> anyBroker() {
        return Answers.await(admin.describeCluster().nodes(), timeout, UnknownTopicOrPartitionException.class)
                .flatMap(nodes -> nodes.stream().findAny());
    }

    private Optional<Config> config(ConfigResource.Type type, String name) {
        ConfigResource resource = new ConfigResource(type, name);
        KafkaFuture<Config> asked =
                admin.describeConfigs(List.of(resource)).values().get(resource);
        return Answers.await(Objects.requireNonNull(asked), timeout, UnknownTopicOrPartitionException.class);
    }

    private static long unlessTold(Config broker) {
        return value(broker, "log.retention.ms", TimeUnit.MILLISECONDS)
                .or(() -> value(broker, "log.retention.minutes", TimeUnit.MINUTES))
                .or(() -> value(broker, "log.retention.hours", TimeUnit.HOURS))
                .orElse(FOREVER);
    }

    private static Optional<Long> value(Config broker, String name, TimeUnit unit) {
        return Optional.ofNullable(broker.get(name))
                .map(ConfigEntry::value)
                .map(Long::valueOf)
                .map(value -> value < 0 ? FOREVER : unit.toMillis(value));
    }
}
