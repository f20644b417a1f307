package io.bywash.runtime.plan;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.KafkaProperties;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Subscription;
import io.bywash.runtime.config.ClientProperties;
import io.bywash.runtime.config.ConsumerOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A consumer that is going to run.
 *
 * @param name its name
 * @param group its group
 * @param subscription which topics it reads
 * @param handlers the handlers of single topics, by topic
 * @param handler the handler of all other topics
 * @param options its other settings
 * @param kafka the properties of its Kafka clients
 */
public record ConsumerPlan(
        String name,
        String group,
        Subscription subscription,
        Map<String, HandlerPlan> handlers,
        Optional<HandlerPlan> handler,
        ConsumerOptions options,
        ClientProperties kafka) {

    /**
     * Returns every handler once.
     *
     * @return the handlers, in the order of their topics
     */
    public List<HandlerPlan> all() {
        Map<String, HandlerPlan> byName = new LinkedHashMap<>();
        handlers.values().forEach(plan -> byName.putIfAbsent(plan.handler().name(), plan));
        handler.ifPresent(plan -> byName.putIfAbsent(plan.handler().name(), plan));
        return new ArrayList<>(byName.values());
    }

    /**
     * Returns what the engine is told, the files that {@code auth} names included.
     *
     * @return the settings of the consumer
     * @throws io.bywash.auth.InvalidAuthException if a file has changed since it was checked and no longer works
     */
    public ConsumerSettings settings() {
        return new ConsumerSettings(
                name,
                group,
                subscription,
                options.startFrom(),
                options.missingTopics(),
                options.failures(),
                options.ordering(),
                options.batching(),
                options.timing(),
                options.buffers(),
                options.metadataLimits(),
                KafkaProperties.of(kafka.complete()));
    }

    /**
     * Returns which records wait for each other, for people to read.
     *
     * @return the ordering as configuration spells it, and how many records are worked on at once if that is a setting
     */
    public String ordering() {
        if (options.ordering() instanceof Ordering.Key key) {
            return "key, " + key.concurrency() + " at once";
        }
        return options.ordering() instanceof Ordering.None none
                ? "none, " + none.concurrency() + " at once"
                : "partition";
    }

    /**
     * Returns what the consumer reads, for people to read.
     *
     * @return the topics, or the patterns
     */
    public String topics() {
        if (subscription instanceof Subscription.Topics listed) {
            return String.join(", ", listed.names());
        }
        Subscription.Matching matching = (Subscription.Matching) subscription;
        return "all that match " + matching.include()
                + matching.exclude().map(pattern -> ", but not " + pattern).orElse("");
    }
}
