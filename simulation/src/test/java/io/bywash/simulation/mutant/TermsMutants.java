package io.bywash.simulation.mutant;

import java.util.List;
import java.util.stream.Stream;

/** Defects of an engine that does other than it was told, or says other than it does. */
final class TermsMutants {
    private static final String RULES = "worker/FailureRules.java";
    private static final String TENURE = "worker/Tenure.java";
    private static final String GATHERING = "lane/Gathering.java";
    private static final String LANES = "lane/Lanes.java";

    private TermsMutants() {}

    /** Returns all of them. */
    static List<Mutant> all() {
        return Stream.of(ofAttempts(), ofBounds(), ofMemory(), ofNotices(), ofLetters(), ofTopics(), ofEnds())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutant> ofAttempts() {
        return List.of(
                Mutant.that("tries on although no attempt can help", "I7")
                        .in(RULES, "return hopeless || attempt", "return attempt"),
                Mutant.that("begins to count attempts at two", "I7")
                        .in(
                                "worker/PartitionWorker.java",
                                "session.failed().attempts(record) + 1 : 1;",
                                "session.failed().attempts(record) + 1 : 2;"),
                Mutant.that("counts each failure twice", "I7")
                        .in(
                                "worker/Recovery.java",
                                "int attempt = failures(record) + 1;",
                                "int attempt = failures(record) + 2;"),
                Mutant.that("halts after one attempt", "I7")
                        .in(
                                RULES,
                                "attempt >= policy.maxAttempts() ?",
                                "attempt >= (atTheEnd() == NextStep.HALT ? 1 : policy.maxAttempts()) ?"),
                Mutant.that("halts where it is to skip", "I1")
                        .in(RULES, "case SKIP -> NextStep.SKIP;", "case SKIP -> NextStep.HALT;"));
    }

    private static List<Mutant> ofBounds() {
        return List.of(
                Mutant.that("has one lane too many", "BOUNDS")
                        .in(
                                LANES,
                                "this.lanes = new AtomicReferenceArray<>(concurrency);",
                                "this.lanes = new AtomicReferenceArray<>(concurrency + 1);"),
                Mutant.that("never ends a call that takes too long", "BOUNDS")
                        .from(909)
                        .in("poll/Watchdog.java", "            session.taker().timeOut(call.id());\n", ""),
                Mutant.that("puts more records into a call than may be", "BOUNDS")
                        .from(29)
                        .in(GATHERING, "group.size() < limits.maxRecords() && ", ""),
                Mutant.that("puts more bytes into a call than may be", "BOUNDS")
                        .in(GATHERING, " && bytes < limits.maxBytes()", ""));
    }

    private static List<Mutant> ofMemory() {
        return List.of(Mutant.that("holds a little more memory than it may before it stops fetching", "I9")
                .in(
                        "poll/Pauses.java",
                        "return bytes >= buffers.bytes() ||",
                        "return bytes >= buffers.bytes() + 600 ||"));
    }

    private static List<Mutant> ofNotices() {
        String told = "session.state() == SessionState.STOPPING ? callbacks.revoked() : callbacks.lost();";
        return List.of(
                Mutant.that("tells of every end as a loss", "LIFE_CYCLE").in(TENURE, told, "callbacks.lost();"),
                Mutant.that("tells of every end as a hand-over", "LIFE_CYCLE").in(TENURE, told, "callbacks.revoked();"),
                Mutant.that("tells of no end", "LIFE_CYCLE").in(TENURE, told, "true;"));
    }

    private static List<Mutant> ofLetters() {
        return List.of(
                Mutant.that("writes letters without the headers of their records", "I7")
                        .in(
                                "deadletter/DeadLetterHeaders.java",
                                "if (!header.key().startsWith(PREFIX)) {",
                                "if (header.key().startsWith(PREFIX)) {"),
                Mutant.that("writes letters with a time of their own", "I7")
                        .in(
                                "deadletter/LetterForm.java",
                                "record.timestamp() < 0 ? null : record.timestamp();",
                                "record.timestamp() < 0 ? null : Long.valueOf(record.timestamp() + 1);"));
    }

    private static List<Mutant> ofTopics() {
        return List.of(Mutant.that("believes a broker that lags behind as soon as it tells of another topic", "I11")
                .in(
                        "poll/TopicChanges.java",
                        "boolean isSure = look.askedAt() - claim.since() >= SURE.toNanos();",
                        "boolean isSure = true;"));
    }

    private static List<Mutant> ofEnds() {
        return List.of(
                Mutant.that("does not close its questions about topics", "I12")
                        .in("poll/TopicWatch.java", "admin.close();", "java.util.Objects.requireNonNull(admin);"),
                Mutant.that("tells of a jump, but not from where", "I11")
                        .from(13)
                        .in(
                                "poll/Positions.java",
                                "PositionJumped(partition, position, start, JumpReason.RETENTION)",
                                "PositionJumped(partition, start, start, JumpReason.RETENTION)"));
    }
}
