package io.bywash.benchmarks.scenario;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.benchmarks.run.Figures;
import io.bywash.benchmarks.run.Percentiles;
import org.junit.jupiter.api.Test;

/** A table has the figures that its scenario is about. */
class ReportTest {
    private static final Figures FIGURES =
            new Figures(100, 2, false, true, 600, 7, 12_340_000, 0, 0, new Percentiles(0, 0, 0, 0, 0));

    @Test
    void tellsOfTheHeapWherePartitionsAreMany() {
        String table = tableOf("many-partitions");
        assertTrue(table.contains(" threads | heap MB | remarks |"), table);
        assertTrue(table.contains(" 600 | 7 | 12.3 |  |"), table);
    }

    @Test
    void tellsNothingOfTheHeapWherePartitionsAreFew() {
        String table = tableOf("drain");
        assertFalse(table.contains("heap"), table);
        assertTrue(table.contains(" 600 | 7 |  |"), table);
    }

    private static String tableOf(String name) {
        Scenario scenario = Scenarios.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        Results results = new Results(scenario);
        results.add(1, scenario.yardstick(), FIGURES);
        return new Report(results).markdown();
    }
}
