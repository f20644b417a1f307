package io.bywash.simulation.mutant;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Looks for the seeds that {@link Mutant#from} names, after a change that gives every seed another run. A defect whose seed still shows
 * it is left as it is; for each of the others it prints the first seed that does, and how, if it is not as the description says.
 *
 * <p>Arguments are parts of the names of the defects to look for; without any, all are. Run in the folder of the module.
 */
final class Hunt {
    private static final int SEEDS = Integer.getInteger("bywash.seeds", 4_400);

    private final Mutant mutant;

    private Hunt(Mutant mutant) {
        this.mutant = mutant;
    }

    /**
     * Looks for seeds, and prints what it found as soon as it has.
     *
     * @param args parts of names
     */
    public static void main(String[] args) throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<Callable<String>> hunts = new ArrayList<>();
        Mutants.all().stream()
                .filter(mutant -> args.length == 0 || Stream.of(args).anyMatch(mutant.defect()::contains))
                .forEach(mutant -> hunts.add(() -> {
                    String found = new Hunt(mutant).find();
                    System.out.println(found);
                    return found;
                }));
        for (Future<String> hunt : threads.invokeAll(hunts)) {
            hunt.get();
        }
        System.exit(0);
    }

    private String find() throws Exception {
        Path classes = Files.createTempDirectory("defect");
        try {
            DefectiveEngine engine = DefectiveEngine.with(mutant, classes);
            Optional<DefectiveEngine.Catch> known = engine.hunt(mutant.seed(), 1);
            if (known.filter(this::isExpected).isPresent()) {
                return "still " + mutant.seed() + ": " + mutant;
            }
            return engine.hunt(1, SEEDS).map(this::describe).orElse("NOBODY up to " + SEEDS + ": " + mutant);
        } finally {
            delete(classes);
        }
    }

    private boolean isExpected(DefectiveEngine.Catch by) {
        return mutant.invariants().contains(by.invariant());
    }

    private String describe(DefectiveEngine.Catch by) {
        String found = ".from(" + by.seed() + "): " + mutant;
        return isExpected(by) ? found : found + ", BUT " + by.message();
    }

    private static void delete(Path directory) throws java.io.IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
