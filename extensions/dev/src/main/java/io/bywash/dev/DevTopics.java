package io.bywash.dev;

import io.bywash.core.settings.Subscription;
import io.bywash.runtime.plan.ConsumerPlan;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** The topics that consumers list by name. */
final class DevTopics {
    private DevTopics() {}

    static Set<String> of(ConsumerPlan consumer) {
        return consumer.subscription() instanceof Subscription.Topics listed ? listed.names() : Set.of();
    }

    static Set<String> of(Collection<ConsumerPlan> consumers) {
        Set<String> topics = new TreeSet<>();
        consumers.forEach(consumer -> topics.addAll(of(consumer)));
        return topics;
    }
}
