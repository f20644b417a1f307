package io.bywash.simulation.mutant;

import java.util.List;
import java.util.stream.Stream;

/** Defects that recur in consumer frameworks, and those that this simulation found in this one. */
final class Mutants {
    private static final String LEDGER = "ledger/Ledger.java";
    private static final String COMMITTER = "commit/Committer.java";
    private static final String COMMITMENT = "commit/Commitment.java";
    private static final String RECOVERY = "worker/Recovery.java";
    private static final String WORKER = "worker/PartitionWorker.java";
    private static final String REBALANCE = "poll/Rebalance.java";
    private static final String DRAIN = "poll/Drain.java";

    private Mutants() {}

    /** Returns all of them. */
    static List<Mutant> all() {
        return Stream.of(
                        ofCommits(),
                        ofHandovers(),
                        ofRecords(),
                        found(),
                        LaneMutants.all(),
                        RecurringMutants.all(),
                        TermsMutants.all(),
                        GroupMutants.all(),
                        ReaderMutants.all())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutant> ofCommits() {
        return List.of(
                Mutant.that("commits one offset too far", "I2").in(LEDGER, "return frontier;", "return frontier + 1;"),
                Mutant.that("commits what was fetched, not what is complete", "I2")
                        .recurring(1)
                        .in(LEDGER, "long now = completed > lastDelivered ?", "long now = completed >= 0 ?"),
                Mutant.that("takes the next offset for the last one plus one", "I12")
                        .recurring(3)
                        .in(LEDGER, "Math.max(completed, deliveredNext)", "completed"),
                Mutant.that("commits without the leader epoch", "I2")
                        .recurring(13)
                        .in(COMMITMENT, "frontier.leaderEpoch()", "java.util.Optional.empty()"),
                Mutant.that("commits partitions that it has lost", "I3")
                        .in(
                                REBALANCE,
                                "gone.forEach(PartitionSession::lose);",
                                "committer.finish(consumer, gone, Duration.ofSeconds(1), failed -> failed);"
                                        + " gone.forEach(PartitionSession::lose);"),
                Mutant.that("stops when a commit meets a rebalance", "I3", "I5", "I12")
                        .from(25)
                        .recurring(6)
                        .in(
                                COMMITTER,
                                "metrics.add(Count.COMMIT_FAILURES, 1);",
                                "if (failure instanceof org.apache.kafka.common.errors.RebalanceInProgressException running)"
                                        + " { throw running; }"),
                savedCommitIsSentAgain());
    }

    private static List<Mutant> ofHandovers() {
        return List.of(
                Mutant.that("gives partitions up without waiting for the calls in flight", "I5", "LIFE_CYCLE")
                        .in(DRAIN, "if (quietBy(", "if (true || quietBy("),
                Mutant.that("takes further records while a partition is being given up", "I5", "I7", "I13")
                        .in(WORKER, "while (session.isOpen()) {", "while (session.state().counts()) {"),
                Mutant.that("begins to count attempts anew at every handover", "I7")
                        .from(35)
                        .in(COMMITMENT, "record.offset() >= frontier.offset()", "false"),
                Mutant.that("leaves the position of new partitions to the client", "I12")
                        .in(
                                "poll/Positions.java",
                                "consumer.seek(partition, new OffsetAndMetadata(",
                                "java.util.Objects.requireNonNull(new OffsetAndMetadata("),
                lateResultsCount());
    }

    private static List<Mutant> ofRecords() {
        return List.of(
                Mutant.that("passes a failed record over", "I4")
                        .in(
                                WORKER,
                                "                hasFailed = true;\n"
                                        + "                // Whoever sees that the record waits sees that those before it are over.\n"
                                        + "                report(0);\n"
                                        + "                recovery.begin(record, failure.orElseThrow());\n"
                                        + "                become(Phase.RECOVERING);\n"
                                        + "                return false;\n",
                                "                index++;\n"),
                Mutant.that("drops records polled while a partition waits for a retry", "I1", "I2", "I4", "I9")
                        .from(45)
                        .recurring(9)
                        .in(
                                "poll/Delivery.java",
                                "session.offer(batch, position.offset(), position.leaderEpoch());",
                                "if (session.obstacle() instanceof io.bywash.core.session.Obstacle.Blocked) {"
                                        + " session.ledger().advanced(position.offset(), position.leaderEpoch()); } else {"
                                        + " session.offer(batch, position.offset(), position.leaderEpoch()); }"),
                Mutant.that("never resumes a partition", "I12")
                        .in("poll/Pauses.java", "consumer.resume(toResume);", ""),
                Mutant.that("does not wait for the acknowledgement of a dead letter", "I1", "I2", "I4")
                        .in(
                                RECOVERY,
                                "if (written instanceof DeadLetterWrite.Acknowledged) {",
                                "if (written instanceof DeadLetterWrite.Pending) {"));
    }

    private static Mutant savedCommitIsSentAgain() {
        return Mutant.that("sends a failed commit again after a newer one", "I3")
                .recurring(4)
                .in(
                        COMMITTER,
                        "private boolean underWay;",
                        "private boolean underWay; private Map<PartitionSession, Commitment> saved;")
                .in(COMMITTER, "                fail(failure);\n", "                saved = due; fail(failure);\n")
                .in(
                        COMMITTER,
                        "            acknowledge(last);\n",
                        "            acknowledge(last);\n if (saved != null) { saved.keySet().retainAll(last.keySet());"
                                + " consumer.commitSync(byPartition(saved), Duration.ofNanos(Math.max(0, deadline - ticker.nanos()))); }");
    }

    private static Mutant lateResultsCount() {
        return Mutant.that("counts results for whatever ownership there is by then", "I2", "I6")
                .from(130)
                .in("session/SessionState.java", "return this == OPEN || this == STOPPING;", "return true;")
                .in(
                        "session/PartitionSession.java",
                        "return ledger;",
                        "return successor == null ? ledger : successor.ledger();")
                .in(
                        "session/PartitionSession.java",
                        "    private volatile SessionState state",
                        "    public volatile PartitionSession successor;\n    private volatile SessionState state")
                .in("poll/Sessions.java", "open.put(partition, session);", """
                        open.put(partition, session);
                        PartitionSession before = latest.put(partition, session);
                        if (before != null) {
                            before.successor = session;
                        }
                        """)
                .in("poll/Sessions.java", "private long lastEpoch;", """
                        private long lastEpoch;
                        private final Map<TopicPartition, PartitionSession> latest = new HashMap<>();
                        """);
    }

    private static List<Mutant> found() {
        return List.of(
                Mutant.that("lets the frontier go back when records follow a hole", "I3")
                        .from(24)
                        .in(LEDGER, "frontier = Math.max(frontier, now);", "frontier = now;"),
                Mutant.that("hands a record that brought its process down on as halted", "I7")
                        .from(151)
                        .in(
                                RECOVERY,
                                "state = new RecoveryState.Stopped();",
                                "session.failed().put(FailedRecord.of(record, 1, Standing.HALTED));"
                                        + " state = new RecoveryState.Stopped();"),
                Mutant.that("takes an operator's order for one about every halted record", "I1", "I7")
                        .from(62)
                        .in(
                                "session/FailedRecords.java",
                                "Optional<FailedRecord> before = at(offset);",
                                "Optional<FailedRecord> before = at(offset)"
                                        + ".or(() -> records.values().stream().filter(FailedRecords::waits).findFirst());")
                        .in(
                                "session/FailedRecords.java",
                                "records.replace(offset, halted, halted.with(standing))",
                                "records.replace(halted.offset(), halted, halted.with(standing))"),
                Mutant.that("drains for as long as ever when the consumer is to stop", "I13")
                        .from(139)
                        .in("poll/Rebalance.java", "context.status().notAfterTheStop(deadline)", "deadline"),
                Mutant.that("keeps a partition for the next try at a dead letter", "I13")
                        .from(4154)
                        .in(
                                WORKER,
                                "return session.isOpen() || !recovery.canLetGo() ? wait.next() : Next.NOW;",
                                "return wait.next();"));
    }
}
