package io.bywash.benchmarks.handover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.benchmarks.subject.Contestant;
import io.bywash.benchmarks.subject.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nobody has his second trial before all have had their first. */
class RoundsTest {
    private static final int ROUNDS = 5;
    private static final List<Contestant> ALL = List.of(
            Contestant.of(Way.PLAIN_LOOP), Contestant.of(Way.BYWASH_PARTITION), new Contestant(Way.BYWASH_KEY, 64));

    @Test
    void alternate() throws Exception {
        List<Contestant> course = new ArrayList<>();
        Map<Contestant, List<Integer>> results = new Rounds(ROUNDS).run(ALL, (contestant, round) -> {
            assertEquals(course.size() / ALL.size(), round);
            course.add(contestant);
            return round;
        });
        Set<List<Contestant>> orders = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Contestant> order = List.copyOf(course.subList(round * ALL.size(), (round + 1) * ALL.size()));
            assertEquals(Set.copyOf(ALL), Set.copyOf(order));
            orders.add(order);
        }
        assertTrue(orders.size() > 1, orders::toString);
        assertEquals(ALL, List.copyOf(results.keySet()));
        results.values().forEach(rounds -> assertEquals(List.of(0, 1, 2, 3, 4), rounds));
    }
}
