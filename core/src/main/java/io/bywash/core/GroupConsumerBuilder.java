package io.bywash.core;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.environment.Environment;
import io.bywash.core.event.GroupListener;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Timing;
import io.bywash.handler.TopicHandler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Describes a {@link GroupConsumer}. A group, topics, handlers and {@code bootstrap.servers} are needed; all else has a default.
 * Not thread-safe.
 */
public final class GroupConsumerBuilder {
    private final SettingsBuilder settings = new SettingsBuilder();
    private final Map<String, HandlerBinding<?, ?>> byTopic = new LinkedHashMap<>();
    private Optional<HandlerBinding<?, ?>> otherwise = Optional.empty();
    private final List<GroupListener> listeners = new ArrayList<>();
    private MetricRegistry metrics = new MetricRegistry();
    private Environment environment = Environment.system();

    GroupConsumerBuilder() {}

    /**
     * Names the group, which also names the consumer unless {@link #name} does.
     *
     * @param group Kafka's {@code group.id}
     * @return this
     */
    public GroupConsumerBuilder group(String group) {
        settings.group(group);
        return this;
    }

    /**
     * Names the consumer in logs, metrics and events.
     *
     * @param name the name
     * @return this
     */
    public GroupConsumerBuilder name(String name) {
        settings.name(name);
        return this;
    }

    /**
     * Reads a list of topics.
     *
     * @param topics at least one topic
     * @return this
     */
    public GroupConsumerBuilder topics(String... topics) {
        settings.topics(topics);
        return this;
    }

    /**
     * Reads all topics whose whole name matches, those created later included.
     *
     * @param include what names must match
     * @return this
     */
    public GroupConsumerBuilder topicPattern(Pattern include) {
        settings.topicPattern(include);
        return this;
    }

    /**
     * Leaves out topics that the pattern would take in.
     *
     * @param exclude names that are left out
     * @return this
     */
    public GroupConsumerBuilder excludePattern(Pattern exclude) {
        settings.excludePattern(exclude);
        return this;
    }

    /**
     * Says where a partition without a committed offset is read from; the default is the first record there is.
     *
     * @param from the place
     * @return this
     */
    public GroupConsumerBuilder startFrom(StartFrom from) {
        settings.startFrom(from);
        return this;
    }

    /**
     * Says what happens when a listed topic does not exist; by default the consumer waits for it.
     *
     * @param missing what to do
     * @return this
     */
    public GroupConsumerBuilder missingTopics(MissingTopics missing) {
        settings.missingTopics(missing);
        return this;
    }

    /**
     * Says what happens when a handler fails.
     *
     * @param policy attempts, back-off and what comes after
     * @return this
     */
    public GroupConsumerBuilder failures(FailurePolicy policy) {
        settings.failures(policy);
        return this;
    }

    /**
     * Sets the times the consumer keeps.
     *
     * @param timing the times
     * @return this
     */
    public GroupConsumerBuilder timing(Timing timing) {
        settings.timing(timing);
        return this;
    }

    /**
     * Bounds what waits between the poll thread and the handlers.
     *
     * @param buffers the bounds
     * @return this
     */
    public GroupConsumerBuilder buffers(Buffers buffers) {
        settings.buffers(buffers);
        return this;
    }

    /**
     * Adds properties for the Kafka clients.
     *
     * @param properties names and values as Kafka takes them
     * @return this
     */
    public GroupConsumerBuilder kafka(Map<String, ?> properties) {
        settings.kafka(properties);
        return this;
    }

    /**
     * Hands the records of all topics that have no handler of their own to a handler whose class says which types it takes.
     *
     * @param handler the handler
     * @return this
     * @throws IllegalArgumentException as {@link HandlerBinding#of(TopicHandler)}
     */
    public GroupConsumerBuilder handler(TopicHandler<?, ?> handler) {
        return handler(HandlerBinding.of(handler));
    }

    /**
     * Hands the records of all topics that have no handler of their own to a handler, lambdas included.
     *
     * @param handler the handler
     * @param keys creates a deserialiser of keys
     * @param values creates a deserialiser of values
     * @return this
     * @param <K> the type of the key
     * @param <V> the type of the value
     */
    public <K, V> GroupConsumerBuilder handler(
            TopicHandler<K, V> handler, Supplier<Deserializer<K>> keys, Supplier<Deserializer<V>> values) {
        return handler(HandlerBinding.of(handler, keys, values));
    }

    /**
     * Hands the records of all topics that have no handler of their own to a bound handler.
     *
     * @param binding the handler with its deserialisers
     * @return this
     */
    public GroupConsumerBuilder handler(HandlerBinding<?, ?> binding) {
        otherwise = Optional.of(binding);
        return this;
    }

    /**
     * Hands the records of one topic to a bound handler.
     *
     * @param topic the topic
     * @param binding the handler with its deserialisers
     * @return this
     */
    public GroupConsumerBuilder handler(String topic, HandlerBinding<?, ?> binding) {
        byTopic.put(topic, binding);
        return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener receives the events of the consumer
     * @return this
     */
    public GroupConsumerBuilder listener(GroupListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Says where metrics go; by default to a registry nobody sees.
     *
     * @param registry the registry, shared or not
     * @return this
     */
    public GroupConsumerBuilder metrics(MetricRegistry registry) {
        metrics = registry;
        return this;
    }

    /**
     * Replaces time, threads and Kafka clients, for simulations and tests.
     *
     * @param replacement the parts to use
     * @return this
     */
    public GroupConsumerBuilder environment(Environment replacement) {
        environment = replacement;
        return this;
    }

    /**
     * Builds the consumer without starting it.
     *
     * @return the consumer
     * @throws IllegalArgumentException if something is missing or out of range; the message says what and what to do
     */
    public GroupConsumer build() {
        ConsumerSettings complete = settings.build();
        HandlerRoutes routes = new HandlerRoutes(byTopic, otherwise);
        settings.topicNames().forEach(routes::forTopic);
        if (routes.all().isEmpty()) {
            throw new IllegalArgumentException(
                    "consumer " + complete.name() + " has no handler; give it one with handler(…)");
        }
        return new GroupConsumer(complete, routes, List.copyOf(listeners), metrics, environment);
    }

    /**
     * Builds the consumer and starts it.
     *
     * @return the running consumer
     */
    public GroupConsumer start() {
        GroupConsumer consumer = build();
        consumer.start();
        return consumer;
    }
}
