package io.bywash.simulation;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.simulation.oracle.Tally;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine keeps its invariants, whatever happens, with handlers and with readers, whatever is kept in order, and however the group
 * shares its partitions. {@code -Dbywash.seeds=N} runs another number of seeds than 2,000; {@code -Dbywash.seed=N} runs one and writes its trace to
 * {@code target/seed-N.txt}.
 */
class SimulationTest {
    private static final int COUNT = Integer.getInteger("bywash.seeds", 2_000);

    @Test
    @DisabledIfSystemProperty(named = "bywash.seed", matches = ".+")
    void theEngineKeepsItsInvariants() {
        Seeds seeds;
        long began = System.nanoTime();
        try {
            seeds = Seeds.run(1, COUNT);
        } catch (InvariantBrokenException broken) {
            throw Shrinker.shrink(broken);
        }
        System.out.println(seeds + ", within "
                + Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0 + " s of "
                + Runtime.getRuntime().availableProcessors() + " processors");
        assertAll(Arrays.stream(Tally.Kind.values())
                .map(kind -> () -> assertTrue(
                        seeds.tally().count(kind) >= COUNT / 100,
                        "too seldom to prove anything: " + kind + " in " + seeds)));
    }

    @Test
    @DisabledIfSystemProperty(named = "bywash.seed", matches = ".+")
    void aQuarterOfTheRunsHaveAThirdMemberAndCanDoWithout() {
        List<Long> seeds = LongStream.rangeClosed(1, 2_000)
                .filter(seed -> World.of(seed, List.of()).scenario().group().places() == 3)
                .boxed()
                .toList();
        assertTrue(seeds.size() > 400 && seeds.size() < 600, seeds::toString);
        String third = "    c1: started";
        assertTrue(Simulation.run(seeds.get(0)).trace().contains(third));
        assertFalse(Simulation.run(seeds.get(0), List.of("third")).trace().contains(third));
    }

    @Test
    @DisabledIfSystemProperty(named = "bywash.seed", matches = ".+")
    void theSameSeedGivesTheSameRun() {
        LongConsumer twice = seed ->
                assertEquals(Simulation.run(seed).trace(), Simulation.run(seed).trace(), () -> "seed " + seed);
        LongStream.rangeClosed(1, 20).forEach(twice);
    }

    /** Another JVM has other identity hash codes, other names of lambdas and another order of immutable sets. */
    @Test
    @DisabledIfSystemProperty(named = "bywash.seed", matches = ".+")
    void theSameSeedGivesTheSameRunInAnotherProcess(@TempDir Path directory) throws Exception {
        Path digests = directory.resolve("digests.txt");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Digest.class.getName())
                .redirectOutput(digests.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(other.waitFor(2, TimeUnit.MINUTES), "the other process hangs");
        assertEquals(Digest.ofSeeds(), Files.readString(digests).trim());
    }

    @Test
    @EnabledIfSystemProperty(named = "bywash.seed", matches = ".+")
    void theEngineKeepsItsInvariantsInOneRun() throws Exception {
        long seed = Long.getLong("bywash.seed");
        Path file = Path.of("target", "seed-" + seed + ".txt");
        try {
            Files.writeString(file, Simulation.run(seed).trace());
        } catch (InvariantBrokenException broken) {
            Files.writeString(file, broken.trace());
            throw broken;
        }
    }
}
