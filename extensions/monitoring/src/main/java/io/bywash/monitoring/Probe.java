package io.bywash.monitoring;

import io.bywash.runtime.health.ConsumerHealth;
import io.bywash.runtime.health.Health;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A question that an orchestrator asks.
 *
 * @param verdict answers it
 * @param objection says why a consumer spoils the answer
 */
record Probe(Predicate<Health> verdict, Function<ConsumerHealth, Optional<String>> objection) {
    static final Probe LIVE = new Probe(Health::isLive, ConsumerHealth::notLive);
    static final Probe READY = new Probe(Health::isReady, ConsumerHealth::notReady);
    static final Probe STARTED = new Probe(Health::isStarted, ConsumerHealth::notStarted);

    boolean isPassedBy(Health health) {
        return verdict.test(health);
    }

    Optional<String> objectionTo(ConsumerHealth consumer) {
        return objection.apply(consumer);
    }
}
