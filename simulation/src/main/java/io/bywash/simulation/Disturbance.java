package io.bywash.simulation;

import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.Timing;
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
    /** Nothing, to a single process; most others are compared with this. */
    NONE(Conditions.ALONE),
    /** The partition goes in good order while records are under way: to a process that runs as well, or since one stops. */
    HAND_OVERS(Conditions.TOGETHER.withHandOvers()),
    /** Members are taken for dead while they live, so that what they have not committed comes again. */
    REDELIVERY(Conditions.TOGETHER.withExpiries()),
    /** The dead-letter topic is down now and then, and the partition goes while records wait for it. */
    LETTERS(Conditions.TOGETHER.withHandOvers().withLettersDown()),
    /** Several keys are worked on at once. */
    KEYS(Conditions.TOGETHER.withKeysAtOnce(8)),
    /** Processes end in the middle of something. */
    CRASHES(Conditions.TOGETHER.withCrashes()),
    /** All records of a key are written before those of the next. */
    KEY_BY_KEY(Conditions.ALONE) {
        @Override
        List<KeyedValue> inOrder(List<KeyedValue> records, Chance chance) {
            List<String> keys = chance.shuffled(
                    records.stream().map(KeyedValue::key).distinct().toList());
            return keys.stream()
                    .flatMap(key ->
                            records.stream().filter(record -> record.key().equals(key)))
                    .toList();
        }
    },
    /** The keys are spread over two partitions, which one process has; SHARES is compared with this. */
    SPREAD(Conditions.ALONE.over(2)),
    /** Of two partitions one goes while the other stays, or both go. */
    SHARES(Conditions.TOGETHER.over(2).withHandOvers());

    /** The least patient stop leaves a call a sixth of it, which is longer than the longest, so that none is cut short. */
    private static final Duration DRAIN = Duration.ofSeconds(8);

    @SuppressWarnings("ImmutableEnumChecker") // records of values
    private final Conditions conditions;

    Disturbance(Conditions conditions) {
        this.conditions = conditions;
    }

    /** Returns the records in the order in which they are written. */
    List<KeyedValue> inOrder(List<KeyedValue> records, Chance chance) {
        return records;
    }

    /** Returns what a run is about; where there is one partition, the order is the same in all runs. */
    Scenario scenario(int records, Chance chance) {
        Duration backoff = Duration.ofMillis(20);
        Terms terms = new Terms(
                conditions.ordering(),
                FailurePolicy.DEFAULT
                        .withRedriveTopic(Optional.empty())
                        .withMaxAttempts(2)
                        .withBackoff(new Backoff(backoff, backoff, 1, 0)),
                new Timing(Duration.ofMillis(200), DRAIN, Duration.ofSeconds(2), Duration.ofSeconds(2)));
        Scenario.Group drawn = Scenario.Group.drawn(chance);
        return new Scenario(
                new TreeMap<>(Map.of("orders", conditions.partitions())),
                new Load(records, 8, List.of(Nature.GOOD), 0, new Load.Keys(1, 0, 0)),
                0,
                Taking.HANDLERS,
                new Scenario.Group(drawn.protocol(), drawn.staticMembers(), conditions.places()),
                terms,
                conditions.ordering(),
                HandlerShape.RECORDS,
                Batching.DEFAULT,
                new Buffers(20, 1 << 20),
                conditions.faults(),
                new Troubles(0, 0.2, 0, 0, 0, 0, 0, Conditions.SLOWEST),
                conditions.weather());
    }
}
