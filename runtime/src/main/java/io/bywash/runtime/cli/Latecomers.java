package io.bywash.runtime.cli;

import io.bywash.core.event.ConsumerState;
import io.bywash.core.settings.Span;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.plan.ConsumerPlan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Says which consumers have not joined their groups, for the console: 5 s after the start and every minute from then on. A broker
 * that is away is waited for in silence otherwise, wherever the log of the Kafka clients is not shown. Not thread-safe.
 */
public final class Latecomers {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final Bywash bywash;
    private final long began = System.nanoTime();
    private Duration next = PATIENCE;

    /**
     * Begins to count the time.
     *
     * @param bywash the application, just started
     */
    public Latecomers(Bywash bywash) {
        this.bywash = bywash;
    }

    /**
     * Returns what is to be said now.
     *
     * @return a line for each consumer that is late; empty if none is, or if the next time to say so has not come
     */
    public List<String> due() {
        if (elapsed().compareTo(next) < 0) {
            return List.of();
        }
        next = next.plus(AGAIN);
        return late(Span.text(Duration.ofSeconds(elapsed().toSeconds()))).stream()
                .map(line -> "warning: " + line + " It keeps trying.")
                .toList();
    }

    /** Returns a line for each consumer that has not joined, with what was allowed. */
    List<String> late(String allowed) {
        return bywash.preparation().plan().consumers().stream()
                .filter(this::isLate)
                .map(consumer -> "consumer " + consumer.name() + " has not joined group " + consumer.group()
                        + " within " + allowed + "; are its brokers, " + brokers(consumer)
                        + ", up and reachable from here?")
                .toList();
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private boolean isLate(ConsumerPlan consumer) {
        return Objects.requireNonNull(bywash.consumers().get(consumer.name())).state() == ConsumerState.STARTING;
    }

    private static Object brokers(ConsumerPlan consumer) {
        return consumer.kafka().given().getOrDefault(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "not set");
    }
}
