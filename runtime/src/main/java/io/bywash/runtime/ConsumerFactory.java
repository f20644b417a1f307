package io.bywash.runtime;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.GroupConsumer;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.settings.Subscription;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.config.ConsumerOptions;
import io.bywash.runtime.config.InvalidConfigurationException;
import io.bywash.runtime.config.Problem;
import io.bywash.runtime.discovery.FoundHandler;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.runtime.plan.HandlerPlan;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes consumers of plans, and with them their handlers. */
final class ConsumerFactory {
    private final MetricRegistry metrics;
    private final Collection<BywashListener> listeners;
    private final HandlerWrapper wrapper;
    private final IdentityHashMap<TopicHandler<?, ?>, String> owners = new IdentityHashMap<>();

    ConsumerFactory(MetricRegistry metrics, Collection<BywashListener> listeners, HandlerWrapper wrapper) {
        this.metrics = metrics;
        this.listeners = List.copyOf(listeners);
        this.wrapper = wrapper;
    }

    MetricRegistry metrics() {
        return metrics;
    }

    /** Returns them by name, in the order of their plans; if one cannot be made, none of them leaves its metrics behind. */
    Map<String, GroupConsumer> createAll(Collection<ConsumerPlan> plans) {
        Map<String, GroupConsumer> made = new LinkedHashMap<>();
        try {
            plans.forEach(plan -> made.put(plan.name(), create(plan)));
        } catch (RuntimeException | Error e) {
            made.values().forEach(GroupConsumer::close);
            throw e;
        }
        return Collections.unmodifiableMap(made);
    }

    private GroupConsumer create(ConsumerPlan plan) {
        ConsumerOptions options = plan.options();
        GroupConsumerBuilder builder = GroupConsumer.builder()
                .name(plan.name())
                .group(plan.group())
                .startFrom(options.startFrom())
                .missingTopics(options.missingTopics())
                .failures(options.failures())
                .ordering(options.ordering())
                .batching(options.batching())
                .timing(options.timing())
                .buffers(options.buffers())
                .metadataLimits(options.metadataLimits())
                .kafka(plan.kafka().complete())
                .metrics(metrics);
        subscribe(builder, plan.subscription());
        route(builder, plan);
        listeners.forEach(listener -> builder.listener(event -> listener.on(plan.name(), event)));
        return builder.build();
    }

    private static void subscribe(GroupConsumerBuilder builder, Subscription subscription) {
        if (subscription instanceof Subscription.Topics listed) {
            builder.topics(listed.names().toArray(String[]::new));
        } else {
            Subscription.Matching matching = (Subscription.Matching) subscription;
            builder.topicPattern(matching.include());
            matching.exclude().ifPresent(builder::excludePattern);
        }
    }

    /** An instance in two consumers would be opened and closed twice, and closed by the one while the other still uses it. */
    private void claim(FoundHandler handler, TopicHandler<?, ?> instance, String consumer) {
        String before = owners.putIfAbsent(instance, consumer);
        if (before != null) {
            throw new InvalidConfigurationException(
                    List.of(
                            new Problem(
                                    "handler " + handler.name(),
                                    handler.place(),
                                    "is one instance, but is named by the consumers " + before + " and " + consumer
                                            + "; let each have its own: bind its class without a scope, or add two instances under two names")));
        }
    }

    /** A handler of several topics is one instance, so that it is opened and closed once. */
    private void route(GroupConsumerBuilder builder, ConsumerPlan plan) {
        Map<String, HandlerBinding<?, ?>> bound = new HashMap<>();
        for (HandlerPlan handler : plan.all()) {
            HandlerBinding<?, ?> binding = handler.bind();
            claim(handler.handler(), binding.handler(), plan.name());
            bound.put(handler.handler().name(), wrapped(plan, inContext(handler.handler(), binding)));
        }
        plan.handlers().forEach((topic, handler) -> builder.handler(topic, bindingOf(handler, bound)));
        plan.handler().ifPresent(handler -> builder.handler(bindingOf(handler, bound)));
    }

    private static HandlerBinding<?, ?> bindingOf(HandlerPlan handler, Map<String, HandlerBinding<?, ?>> bound) {
        return Objects.requireNonNull(bound.get(handler.handler().name()));
    }

    private static <K, V> HandlerBinding<K, V> inContext(FoundHandler handler, HandlerBinding<K, V> binding) {
        return handler.context()
                .map(context -> new HandlerBinding<>(
                        binding.name(),
                        context.around(binding.handler()),
                        context.around(binding.keys()),
                        context.around(binding.values())))
                .orElse(binding);
    }

    /** The context of the log is the outermost, so that the lines of what is round a handler have it as well. */
    private <K, V> HandlerBinding<K, V> wrapped(ConsumerPlan plan, HandlerBinding<K, V> binding) {
        TopicHandler<K, V> handler =
                plan.options().logContext().around(plan.name(), wrapper.wrap(plan.name(), binding.handler()));
        return new HandlerBinding<>(binding.name(), handler, binding.keys(), binding.values());
    }
}
