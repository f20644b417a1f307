package io.bywash.simulation.mutant;

import java.util.List;

/** Defects of an engine whose records an application takes and marks by itself. */
final class ReaderMutants {
    private static final String SOURCE = "pull/PartitionSource.java";

    private ReaderMutants() {}

    /** Returns all of them. */
    static List<Mutant> all() {
        return List.of(
                Mutant.that("counts a mark of a former ownership for the present one", "I2", "I6", "TEXT")
                        .from(632)
                        .in(
                                "pull/Marks.java",
                                "Optional.of(record.source()), text);",
                                "sources.of(record.position().partition()), text);"),
                Mutant.that("takes a mark of a record that it has not handed out", "I2", "I6")
                        .from(259)
                        .in(SOURCE, "offset > handedOut || ", ""),
                Mutant.that("hands records out although their partition was given up", "I6")
                        .from(9)
                        .in(SOURCE, "return !cut && session.isOpen();", "return !cut;"),
                Mutant.that("hands out what was read before a reset", "I6")
                        .from(43)
                        .in(SOURCE, "return !cut && session.isOpen();", "return session.isOpen();"),
                Mutant.that("opens a stream of a partition while another is open", "I4")
                        .from(17)
                        .in(SOURCE, "return isReadable() && formerQuiet.getAsBoolean();", "return isReadable();"),
                Mutant.that("counts what an application holds as if it still waited", "I12")
                        .from(9)
                        .in(SOURCE, "session.queue().finished(1,", "session.queue().finished(0,"),
                Mutant.that("drops a text when a mark without one follows", "TEXT")
                        .from(9)
                        .in("ledger/Ledger.java", "text.or(() -> last.text)", "text"),
                Mutant.that("gives the next owner no text", "TEXT")
                        .from(9)
                        .in(
                                "commit/CommittedOffset.java",
                                "metadata.flatMap(CommitMetadata::user),",
                                "Optional.empty(),"));
    }
}
