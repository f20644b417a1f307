package io.bywash.simulation.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulation can fail: it catches an engine that is defective, and says rightly what is broken. {@code target/mutants.md} tells
 * which invariant caught which, with its seed.
 */
@EnabledForJreRange(max = JRE.JAVA_17) // the defects are in the text of the engine, whatever runs it
class MutantTest {
    private static final int SEEDS = 4_400;

    /** As many as the build runs without a defect. */
    private static final int VERIFIED = 2_000;

    private static final int RECURRING = 14;
    private static final Pattern ROW = Pattern.compile("^\\| (\\d+: .+) \\| (\\w+) \\| \\d+ \\|$", Pattern.MULTILINE);
    private static final Set<String> REPORT = new ConcurrentSkipListSet<>();

    static List<Mutant> mutants() {
        return Mutants.all();
    }

    @AfterAll
    static void report() throws IOException {
        String head = "| recurs | an engine that | is caught by | with seed |\n|---|---|---|---|\n";
        Files.writeString(Path.of("target", "mutants.md"), head + String.join("", REPORT));
    }

    @Test
    void allThatRecurAreThere() {
        assertEquals(
                IntStream.rangeClosed(1, RECURRING).boxed().collect(Collectors.toSet()),
                mutants().stream()
                        .map(Mutant::recurs)
                        .filter(number -> number > 0)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Seeds change with every change to the engine, so that they are those of the page's last edition is not asked for. */
    @Test
    void thePageOnReliabilityTellsOfThoseThatRecur() throws IOException {
        String page = page();
        assertTrue(page.contains(": " + mutants().size() + " defects are put into"), "the number of defects");
        Map<String, String> told = new TreeMap<>();
        ROW.matcher(page).results().forEach(row -> told.put(row.group(1), row.group(2)));
        Map<String, Set<String>> recurring = mutants().stream()
                .filter(mutant -> mutant.recurs() > 0)
                .collect(Collectors.toMap(mutant -> mutant.recurs() + ": " + mutant, Mutant::invariants));
        assertEquals(new TreeSet<>(recurring.keySet()), told.keySet());
        told.forEach((bug, by) -> assertTrue(recurring.get(bug).contains(by), () -> bug + " is not caught by " + by));
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "reliability.md"));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant, @TempDir Path classes) throws Exception {
        Optional<DefectiveEngine.Catch> caught =
                DefectiveEngine.with(mutant, classes).hunt(mutant.seed(), SEEDS);
        assertTrue(
                caught.isPresent(),
                () -> "none of " + SEEDS + " seeds from " + mutant.seed() + " on noticed an engine that " + mutant);
        DefectiveEngine.Catch by = caught.get();
        String number = mutant.recurs() > 0 ? String.format("%2d", mutant.recurs()) : "  ";
        // Lines of the page may end in the middle of it.
        String page = page().replaceAll("\\s+", " ");
        assertTrue(
                by.seed() <= VERIFIED || page.contains(mutant.toString()),
                () -> "it takes seed " + by.seed()
                        + ", but the page on reliability does not say that more are needed than " + VERIFIED);
        REPORT.add("| " + number + " | " + mutant + " | " + by.invariant() + " | " + by.seed() + " |\n");
        assertTrue(
                mutant.invariants().contains(by.invariant()),
                () -> "expected one of " + mutant.invariants() + " but: " + by.message());
    }
}
