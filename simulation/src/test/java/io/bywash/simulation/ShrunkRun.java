package io.bywash.simulation;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.simulation.oracle.Invariant;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Lets a defective engine break something, has the run shrunk, and holds what is left against the whole. */
public final class ShrunkRun implements Runnable {
    /** Seldom what the defect breaks: without some of the faults it breaks something else, which is not to be taken for the same. */
    private static final Invariant SELDOM = Invariant.I7;

    /** A seed that once broke it. */
    private static final long FIRST = 8;

    private static final String COMMAND = "run it again: ";

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @Override
    public void run() {
        InvariantBrokenException whole = whole();
        InvariantBrokenException shrunk = broken("--seeds", "1", "--from", String.valueOf(whole.seed()));
        List<String> faults = faults(whole);
        List<String> left = faults(shrunk);
        assertAll(
                () -> assertEquals(whole.invariant(), shrunk.invariant(), shrunk::getMessage),
                () -> assertTrue(left.size() < faults.size() && faults.containsAll(left), left + " of " + faults),
                () -> assertTrue(faults.containsAll(shrunk.without()), shrunk.without() + " of " + faults),
                () -> isRepeated(shrunk));
    }

    private static InvariantBrokenException whole() {
        for (long seed = FIRST; seed < FIRST + 400; seed++) {
            try {
                Simulation.run(seed);
            } catch (InvariantBrokenException broken) {
                if (broken.invariant() == SELDOM) {
                    return broken;
                }
            }
        }
        throw new AssertionError("no seed breaks " + SELDOM);
    }

    private void isRepeated(InvariantBrokenException shrunk) {
        String line = shrunk.getMessage()
                .lines()
                .filter(text -> text.startsWith(COMMAND))
                .findFirst()
                .orElseThrow();
        List<String> command = List.of(line.substring(COMMAND.length()).split(" "));
        assertTrue(Files.isExecutable(Path.of("..", command.get(0))), line);
        InvariantBrokenException again =
                broken(command.subList(1, command.size()).toArray(String[]::new));
        assertEquals(shrunk.getMessage(), again.getMessage());
        assertEquals(shrunk.trace(), told.toString(StandardCharsets.UTF_8));
    }

    private InvariantBrokenException broken(String... arguments) {
        told.reset();
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        return assertThrows(InvariantBrokenException.class, () -> Simulate.run(List.of(arguments), out));
    }

    /** Returns the names of all that could be taken away from a run. */
    private static List<String> faults(InvariantBrokenException run) {
        Scenario scenario = World.of(run.seed(), run.without()).scenario();
        return Relief.all().stream()
                .filter(relief -> relief.matters(scenario))
                .map(Relief::name)
                .toList();
    }
}
