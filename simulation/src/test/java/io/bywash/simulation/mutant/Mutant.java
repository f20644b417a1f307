package io.bywash.simulation.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A defect of the engine: source text that is replaced by other text before the class is compiled.
 *
 * @param defect what is wrong with the engine then
 * @param recurs which of the bugs that recur in consumer frameworks it is, by its number; 0 if it is none of them
 * @param seed where to begin looking: a seed that once showed it, which spares time as long as it still does
 * @param invariants what the simulation may find broken by it
 * @param edits the replacements
 */
record Mutant(String defect, int recurs, long seed, Set<String> invariants, List<Edit> edits) {

    /**
     * A replacement.
     *
     * @param file the source file, below {@code io/bywash/core}
     * @param correct text that stands in it exactly once
     * @param defective what is put there
     */
    record Edit(String file, String correct, String defective) {

        /** Returns the text of the file with the defect in it. */
        String apply(String source) {
            int at = source.indexOf(correct);
            if (at < 0 || source.indexOf(correct, at + 1) >= 0) {
                throw new IllegalStateException(file + " does not contain exactly once: " + correct
                        + "\nIt was changed since this defect was described; describe it anew.");
            }
            return source.substring(0, at) + defective + source.substring(at + correct.length());
        }
    }

    static Mutant that(String defect, String... invariants) {
        return new Mutant(defect, 0, 1, Set.of(invariants), List.of());
    }

    Mutant in(String file, String correct, String defective) {
        List<Edit> more = new ArrayList<>(edits);
        more.add(new Edit(file, correct, defective));
        return new Mutant(defect, recurs, seed, invariants, List.copyOf(more));
    }

    /** Returns the same as one of the bugs that recur. */
    Mutant recurring(int number) {
        return new Mutant(defect, number, seed, invariants, edits);
    }

    /** Returns the same to be looked for from a seed on. */
    Mutant from(long first) {
        return new Mutant(defect, recurs, first, invariants, edits);
    }

    @Override
    public String toString() {
        return defect;
    }
}
