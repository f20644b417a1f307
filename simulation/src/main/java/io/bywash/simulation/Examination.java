package io.bywash.simulation;

import io.bywash.simulation.HandlerRuns.Played;
import io.bywash.simulation.oracle.Tally;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Disturbs somebody's handler in one way after the other, and tells by what comes out which of its assumptions proves wrong.
 *
 * @param <S> the type of what outlives a process
 */
final class Examination<S> {
    /** Long enough for any call that comes back. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HandlerRuns<S> runs;
    private final long first;
    private final int seeds;
    private final Map<Assumption, HandlerReport.Difference> broken = new EnumMap<>(Assumption.class);

    Examination(HandlerRuns<S> runs, long first, int seeds) {
        this.runs = runs;
        this.first = first;
        this.seeds = seeds;
    }

    /**
     * Examines it; called once.
     *
     * @param rounds how often calls are to overlap
     */
    HandlerReport report(int rounds) {
        Played calm = runs.play(first, Disturbance.NONE);
        examine(calm, rounds);
        return new HandlerReport(calm.result(), broken);
    }

    private void examine(Played calm, int rounds) {
        compare(calm, Disturbance.HAND_OVERS, Assumption.HAND_OVER);
        if (!broken.isEmpty()) {
            // Whatever goes wrong, partitions go, so a handler that minds says nothing else.
            return;
        }
        compare(calm, Disturbance.REDELIVERY, Assumption.ONCE);
        if (calm.tally().count(Tally.Kind.FAILED_CALLS) > 0) {
            compare(calm, Disturbance.LETTERS, Assumption.ONCE);
        }
        if (!broken.isEmpty()) {
            // And records may come again.
            return;
        }
        compare(calm, Disturbance.CRASHES, Assumption.ORDERLY_END);
        compare(calm, Disturbance.KEYS, Assumption.ORDER_OF_KEYS);
        if (!broken.containsKey(Assumption.ORDER_OF_KEYS)) {
            share(calm);
            overlap(rounds);
        }
    }

    private void compare(Played calm, Disturbance disturbance, Assumption assumption) {
        for (long seed = first; seed < first + seeds && !broken.containsKey(assumption); seed++) {
            Played played = runs.play(seed, disturbance);
            // A difference may come of a record that came again, which says nothing of how its partition went.
            boolean unclear = assumption == Assumption.HAND_OVER && played.repeats();
            if (!unclear && !played.result().equals(calm.result())) {
                broken.put(assumption, new HandlerReport.Difference(seed, played.result(), played.trace()));
            }
        }
    }

    /**
     * How the records of one partition follow those of another is up to the seed, so whoever minds the order of keys, or keeps offsets,
     * cannot be compared. Keys far apart show that better than those that are worked on at once.
     */
    private void share(Played calm) {
        boolean bearsAnyOrder = LongStream.range(first, first + seeds)
                .mapToObj(seed -> runs.play(seed, Disturbance.KEY_BY_KEY).result())
                .allMatch(calm.result()::equals);
        if (bearsAnyOrder) {
            compare(runs.play(first, Disturbance.SPREAD), Disturbance.SHARES, Assumption.HAND_OVER);
        }
    }

    private void overlap(int rounds) {
        if (rounds > 0) {
            new OverlappingCalls<>(runs, PATIENCE)
                    .look(rounds)
                    .ifPresent(found -> broken.put(found.assumption(), found.difference()));
        }
    }
}
