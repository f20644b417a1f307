package io.bywash.tools.cluster;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.Subscription;
import io.bywash.tools.ToolException;
import io.bywash.tools.ToolException.Kind;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The brokers of one consumer, asked through an admin client. Not thread-safe. */
public final class Cluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String servers;
    private final Admin admin;

    /**
     * Connects with what a consumer is told.
     *
     * @param settings the consumer
     */
    public Cluster(ConsumerSettings settings) {
        this.servers = settings.kafka().text("bootstrap.servers").orElse("the broker");
        Map<String, Object> properties = settings.kafka().forAdmin(settings.name() + "-tools");
        properties.put("default.api.timeout.ms", (int) PATIENCE.toMillis());
        properties.putIfAbsent("request.timeout.ms", 10_000);
        this.admin = Admin.create(properties);
    }

    /**
     * Returns the client, for questions of one tool alone; {@link #answer} waits for what it says.
     *
     * @return the admin client
     */
    public Admin admin() {
        return admin;
    }

    /**
     * Waits for an answer.
     *
     * @param future the answer
     * @param what what was asked, as a clause such as {@code the topics are not listed}, for the message
     * @return the answer
     * @param <T> its type
     * @throws ToolException if the broker refuses or does not answer
     */
    public <T> T answer(KafkaFuture<T> future, String what) {
        return answer(future, what, List.of()).orElseThrow(() -> broker(what, new KafkaException("no answer")));
    }

    /**
     * Waits for a description.
     *
     * @param future the answer
     * @param what what was asked, as a clause, for the message
     * @return the description, or nothing if the broker does not know what was asked for
     * @param <T> its type
     * @throws ToolException if the broker refuses or does not answer
     */
    public <T> Optional<T> find(KafkaFuture<T> future, String what) {
        return answer(future, what, List.of(UnknownTopicOrPartitionException.class, GroupIdNotFoundException.class));
    }

    /**
     * Waits for an answer about a part of the cluster, such as one partition, that may be away while the rest is there.
     *
     * @param future the answer
     * @param what what was asked, as a clause, for the message
     * @return the answer, or nothing if that part cannot give it now
     * @param <T> its type
     * @throws ToolException if the broker refuses
     */
    public <T> Optional<T> known(KafkaFuture<T> future, String what) {
        return answer(future, what, List.of(RetriableException.class));
    }

    private <T> Optional<T> answer(
            KafkaFuture<T> future, String what, Collection<Class<? extends Exception>> harmless) {
        try {
            return Optional.ofNullable(future.get(2 * PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (harmless.stream().anyMatch(type -> type.isInstance(e.getCause()))) {
                return Optional.empty();
            }
            throw broker(what, Objects.requireNonNullElse(e.getCause(), e));
        } catch (TimeoutException e) {
            throw broker(what, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * Describes a failure of the broker.
     *
     * @param what what did not happen, as a clause
     * @param cause why
     * @return the exception to throw
     */
    public ToolException broker(String what, Throwable cause) {
        return new ToolException(
                Kind.BROKER,
                what + ", since " + servers + " does not do it: " + cause.getMessage()
                        + "; check bootstrap.servers, the credentials and the rights of this user",
                cause);
    }

    /**
     * Asks which topics there are.
     *
     * @return the names, internal topics left out
     */
    public Set<String> topics() {
        return answer(admin.listTopics().names(), "the topics are not listed");
    }

    /**
     * Finds the topics a consumer reads, redrive topics left out. Of a pattern those are meant that exist now.
     *
     * @param settings the consumer
     * @return the topics; of a list, existing or not
     */
    public Set<String> sources(ConsumerSettings settings) {
        if (settings.subscription() instanceof Subscription.Topics listed) {
            return Set.copyOf(listed.names());
        }
        Set<String> topics = topics();
        // A topic that is a dead-letter topic of another one is no source, whatever the pattern says.
        Set<String> letters = topics.stream()
                .filter(topic -> !letterTopic(settings, topic).equals(topic))
                .map(topic -> letterTopic(settings, topic))
                .collect(Collectors.toSet());
        return topics.stream()
                .filter(settings.subscription()::takes)
                .filter(topic -> settings.sourceOf(topic).equals(topic))
                .filter(topic -> !letters.contains(topic))
                .collect(Collectors.toSet());
    }

    private static String letterTopic(ConsumerSettings settings, String source) {
        return settings.failures().deadLetterTopicFor(source, settings.group());
    }

    /**
     * Asks how many partitions topics have.
     *
     * @param topics the topics
     * @return the count of each that exists
     */
    public Map<String, Integer> partitionCounts(Collection<String> topics) {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> asked =
                admin.describeTopics(topics).topicNameValues();
        asked.forEach((topic, future) -> answer(
                        future, "topic " + topic + " is not described", List.of(UnknownTopicOrPartitionException.class))
                .ifPresent(description ->
                        counts.put(topic, description.partitions().size())));
        return counts;
    }

    /**
     * Returns the partitions of a topic.
     *
     * @param topic the topic
     * @return its partitions; none if it does not exist
     */
    public List<TopicPartition> partitions(String topic) {
        int count = partitionCounts(List.of(topic)).getOrDefault(topic, 0);
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    /**
     * Asks how long a topic keeps records.
     *
     * @param topic the topic
     * @return how long; nothing if for ever, if it does not exist, or if this user may not know
     */
    public Optional<Duration> retention(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return answer(
                        Objects.requireNonNull(admin.describeConfigs(List.of(resource))
                                .values()
                                .get(resource)),
                        "the settings of topic " + topic + " are not told",
                        List.of(UnknownTopicOrPartitionException.class, AuthorizationException.class))
                .filter(config -> config.get(TopicConfig.CLEANUP_POLICY_CONFIG)
                        .value()
                        .contains(TopicConfig.CLEANUP_POLICY_DELETE))
                .map(config -> Long.parseLong(
                        config.get(TopicConfig.RETENTION_MS_CONFIG).value()))
                .filter(millis -> millis >= 0)
                .map(Duration::ofMillis);
    }

    /**
     * Asks how long the brokers keep the positions of a group nobody is in.
     *
     * @return how long; nothing if this user may not know, or the brokers do not say
     */
    public Optional<Duration> offsetRetention() {
        return answer(admin.describeCluster().nodes(), "the brokers are not named").stream()
                .findFirst()
                .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
                .flatMap(broker -> answer(
                        Objects.requireNonNull(
                                admin.describeConfigs(List.of(broker)).values().get(broker)),
                        "the settings of the brokers are not told",
                        List.of(AuthorizationException.class)))
                .map(config -> config.get("offsets.retention.minutes"))
                .map(ConfigEntry::value)
                .map(minutes -> Duration.ofMinutes(Long.parseLong(minutes)));
    }

    /**
     * Creates a topic with the brokers' default of replicas; does nothing if it exists.
     *
     * @param topic the topic
     * @param partitions how many partitions it gets
     * @param configs its settings
     */
    public void create(String topic, int partitions, Map<String, String> configs) {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(configs);
        answer(
                admin.createTopics(List.of(wanted)).all(),
                "topic " + topic + " is not created",
                List.of(TopicExistsException.class));
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
