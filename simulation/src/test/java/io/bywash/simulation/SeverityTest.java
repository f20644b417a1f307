package io.bywash.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.simulation.cluster.Faults;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.workload.Nature;
import io.bywash.simulation.workload.Troubles;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Some runs have nothing that goes wrong, and each kind of thing has runs of its own, be it the first that is drawn or the last. */
class SeverityTest {
    private static final String RECORDS = "records that fail";
    private static final String FATAL = "records that bring their process down";

    /** What goes wrong in a seed. */
    private static Set<String> kinds(long seed) {
        Scenario scenario = Scenario.drawn(new Chance(seed));
        Set<String> kinds = new TreeSet<>();
        Stream.of(scenario.faults(), scenario.troubles(), scenario.weather())
                .flatMap(rates -> Rates.names(rates.getClass()).stream().filter(name -> isThere(rates, name)))
                .forEach(kinds::add);
        scenario.load().natures().stream()
                .filter(nature -> nature != Nature.GOOD)
                .map(nature -> nature == Nature.FATAL ? FATAL : RECORDS)
                .forEach(kinds::add);
        return kinds;
    }

    private static boolean isThere(Record rates, String name) {
        return !Rates.without(rates, name).equals(rates);
    }

    @Test
    void everyKindComesAloneAndSometimesNoneDoes() {
        Set<String> all = new TreeSet<>(Set.of(RECORDS, FATAL));
        Stream.of(Faults.class, Troubles.class, Scenario.Weather.class)
                .map(Rates::names)
                .forEach(all::addAll);
        List<Set<String>> seeds =
                LongStream.rangeClosed(1, 2_000).mapToObj(SeverityTest::kinds).toList();
        Set<String> alone = new TreeSet<>();
        seeds.stream().filter(kinds -> kinds.size() == 1).forEach(alone::addAll);
        assertEquals(all, alone);
        long calm = seeds.stream().filter(Set::isEmpty).count();
        assertTrue(calm > 100, () -> calm + " runs in which nothing goes wrong");
    }
}
