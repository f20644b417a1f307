package io.bywash.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.simulation.cluster.Faults;
import io.bywash.simulation.workload.Troubles;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run does without can be told, and a run without everything is a quiet one. */
class ShrinkerTest {

    @Test
    void aRunWithoutAllThatGoesWrongIsQuiet() {
        List<String> all = Relief.all().stream().map(Relief::name).toList();
        Scenario quiet = World.of(3, all).scenario();
        assertEquals(new Faults(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, quiet.faults().slowest()), quiet.faults());
        assertEquals(new Troubles(0, 0, 0, 0, 0, 0, 0, quiet.troubles().slowest()), quiet.troubles());
        Outcome outcome = Simulation.run(3, all);
        assertTrue(outcome.steps() < Simulation.run(3).steps(), outcome::toString);
    }

    @Test
    void theNamesOfACommandAreThoseOfTheRates() {
        assertNotEquals(
                World.of(2, List.of()).scenario().weather(),
                World.of(2, List.of("crashes", "expiries", "rebalances", "stops", "retention"))
                        .scenario()
                        .weather());
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> Simulation.run(1, List.of("wind")));
        assertTrue(unknown.getMessage().startsWith("a run cannot do without wind; it can without [expiries, "));
    }
}
