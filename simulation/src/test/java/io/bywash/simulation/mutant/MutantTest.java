package io.bywash.simulation.mutant;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation can fail: it catches an engine that is defective, and says rightly what is broken. */
class MutantTest {
    private static final int SEEDS = 500;

    static List<Mutant> mutants() {
        return Stream.concat(Mutants.recurring().stream(), Mutants.found().stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant, @TempDir Path classes) throws Exception {
        Optional<DefectiveEngine.Catch> caught =
                DefectiveEngine.with(mutant, classes).hunt(1, SEEDS);
        assertTrue(caught.isPresent(), () -> "no seed up to " + SEEDS + " noticed an engine that " + mutant);
        System.out.println(mutant + ": " + caught.get().message());
        assertTrue(
                mutant.invariants().contains(caught.get().invariant()),
                () -> "expected one of " + mutant.invariants() + " but: "
                        + caught.get().message());
    }
}
