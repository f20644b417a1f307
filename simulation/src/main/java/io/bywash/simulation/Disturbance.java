package io.bywash.simulation;

import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.simulation.cluster.Faults;
import io.bywash.simulation.oracle.Terms;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.workload.HandlerShape;
import io.bywash.simulation.workload.Load;
import io.bywash.simulation.workload.Nature;
import io.bywash.simulation.workload.Taking;
import io.bywash.simulation.workload.Troubles;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What happens to somebody's handler, one kind of thing at a time. */
enum Disturbance {
    /** Nothing; all others are compared with this. */
    NONE(Assumption.ORDER_OF_KEYS, 1, 0, 0),
    /** Several keys are worked on at once. */
    KEYS(Assumption.ORDER_OF_KEYS, 8, 0, 0),
    /** Members are taken for dead while they live, so that what they have not committed comes again. */
    REDELIVERY(Assumption.ONCE, 1, 0.5, 0),
    /** Processes end in the middle of something. */
    CRASHES(Assumption.ORDERLY_END, 1, 0, 0.4);

    private static final Duration SLOWEST = Duration.ofMillis(500);

    private final Assumption breaks;
    private final int keysAtOnce;
    private final double expiries;
    private final double crashes;

    Disturbance(Assumption breaks, int keysAtOnce, double expiries, double crashes) {
        this.breaks = breaks;
        this.keysAtOnce = keysAtOnce;
        this.expiries = expiries;
        this.crashes = crashes;
    }

    /** Returns what proves wrong if this makes a difference. */
    Assumption breaks() {
        return breaks;
    }

    /** Returns what a run is about; one partition, so that the order is the same in all runs. */
    Scenario scenario(int records, Chance chance) {
        Ordering ordering = keysAtOnce == 1 ? Ordering.PARTITION : Ordering.key(keysAtOnce);
        Duration backoff = Duration.ofMillis(20);
        Terms terms = new Terms(
                ordering,
                FailurePolicy.DEFAULT
                        .withRedriveTopic(Optional.empty())
                        .withMaxAttempts(2)
                        .withBackoff(new Backoff(backoff, backoff, 1, 0)),
                new Timing(
                        Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(2)));
        return new Scenario(
                new TreeMap<>(Map.of("orders", 1)),
                new Load(records, 8, List.of(Nature.GOOD), 0, new Load.Keys(1, 0, 0)),
                0,
                Taking.HANDLERS,
                Scenario.Group.drawn(chance),
                terms,
                ordering,
                HandlerShape.RECORDS,
                Batching.DEFAULT,
                new Buffers(20, 1 << 20),
                new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, SLOWEST),
                new Troubles(0, 0.2, 0, 0, 0, 0, 0, SLOWEST),
                new Scenario.Weather(expiries, 0, 0, crashes, 0, 0, Duration.ofMillis(300), Duration.ofSeconds(10)));
    }
}
