package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.subject.Contestant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Rounds of trials: each has one of everybody, in an order drawn anew, so that what becomes of the machine with time falls on all alike.
 *
 * @param count how many, from 1
 */
record Rounds(int count) {

    /** One trial of one way. */
    interface Course<T> {

        /** Runs it in a round, which is counted from 0. */
        T run(Contestant contestant, int round) throws Exception;
    }

    /** Returns what came of the trials of each, round by round, with the contestants in the order given. */
    <T> Map<Contestant, List<T>> run(List<Contestant> contestants, Course<T> course) throws Exception {
        Map<Contestant, List<T>> results = new LinkedHashMap<>();
        contestants.forEach(contestant -> results.put(contestant, new ArrayList<>()));
        // The same orders every time the program runs.
        Random chance = new Random(1);
        List<Contestant> order = new ArrayList<>(contestants);
        for (int round = 0; round < count; round++) {
            Collections.shuffle(order, chance);
            for (Contestant contestant : order) {
                Objects.requireNonNull(results.get(contestant)).add(course.run(contestant, round));
            }
        }
        return results;
    }
}
