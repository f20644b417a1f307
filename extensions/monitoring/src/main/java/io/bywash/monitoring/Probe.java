package io.bywash.monitoring;

import io.bywash.runtime.health.ConsumerHealth;
import io.bywash.runtime.health.Health;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A question that an orchestrator asks, and what its answer rests on. */
enum Probe {
    LIVE(Health::isLive, ConsumerHealth::notLive),
    READY(Health::isReady, ConsumerHealth::notReady),
    STARTED(Health::isStarted, ConsumerHealth::notStarted);

    private final Predicate<Health> verdict;
    private final Function<ConsumerHealth, Optional<String>> objection;

    Probe(Predicate<Health> verdict, Function<ConsumerHealth, Optional<String>> objection) {
        this.verdict = verdict;
        this.objection = objection;
    }

    boolean isPassedBy(Health health) {
        return verdict.test(health);
    }

    Optional<String> objectionTo(ConsumerHealth consumer) {
        return objection.apply(consumer);
    }
}
