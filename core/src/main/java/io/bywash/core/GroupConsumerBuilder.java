package io.bywash.core;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.binding.HandlerRoutes;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.TopicHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Describes a {@link GroupConsumer}. A group, topics, handlers and {@code bootstrap.servers} are needed; all else has a default.
 * Not thread-safe.
 */
public final class GroupConsumerBuilder implements GroupMemberBuilder<GroupConsumerBuilder> {
    final SettingsBuilder settings = new SettingsBuilder();
    private final Map<String, HandlerBinding<?, ?>> byTopic = new LinkedHashMap<>();
    private Optional<HandlerBinding<?, ?>> otherwise = Optional.empty();

    GroupConsumerBuilder() {}

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
     * Says which records wait for each other and how many are worked on at once; the default is one at a time per partition.
     *
     * @param ordering the ordering
     * @return this
     */
    public GroupConsumerBuilder ordering(Ordering ordering) {
        settings.ordering(ordering);
        return this;
    }

    /**
     * Says how many records a {@link io.bywash.handler.BatchTopicHandler} is given at once.
     *
     * @param batching the limits
     * @return this
     */
    public GroupConsumerBuilder batching(Batching batching) {
        settings.batching(batching);
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
     * Builds the consumer without starting it.
     *
     * @return the consumer
     * @throws IllegalArgumentException if something is missing or out of range; the message says what and what to do
     */
    public GroupConsumer build() {
        ConsumerSettings complete = settings.build();
        HandlerRoutes routes = new HandlerRoutes(byTopic, otherwise, complete::sourceOf);
        settings.topicNames().forEach(routes::forTopic);
        if (routes.all().isEmpty()) {
            throw new IllegalArgumentException(
                    "consumer " + complete.name() + " has no handler; give it one with handler(…)");
        }
        return new GroupConsumer(settings.engine(complete), routes);
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
