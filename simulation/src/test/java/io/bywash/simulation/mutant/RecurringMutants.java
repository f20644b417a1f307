package io.bywash.simulation.mutant;

import java.util.List;
import java.util.stream.Stream;

/** Defects that recur in consumer frameworks, as far as {@link Mutants} does not have them for other reasons. */
final class RecurringMutants {
    private static final String TAKERS = "lane/LaneTakers.java";
    private static final String PAUSES = "poll/Pauses.java";
    private static final String REBALANCE = "poll/Rebalance.java";

    private RecurringMutants() {}

    /** Returns all of them. */
    static List<Mutant> all() {
        return Stream.of(ofCommitsAndStops(), ofHandovers(), ofBounds(), found())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutant> ofCommitsAndStops() {
        return List.of(
                Mutant.that("says what is complete beyond another offset than it commits", "I5")
                        .from(50)
                        .recurring(2)
                        .in(
                                "commit/Commitment.java",
                                "metadata.encode(frontier.offset(),",
                                "metadata.encode(session.origin().offset(),"),
                Mutant.that("wakes the client before the last commit", "I5")
                        .from(27)
                        .recurring(5)
                        .in(
                                "poll/Departure.java",
                                "List<PartitionSession> ending = List.copyOf(sessions.all());",
                                "List<PartitionSession> ending = List.copyOf(sessions.all()); consumer.wakeup();"),
                Mutant.that("does not poll while it stops", "I10", "I12")
                        .from(1427)
                        .recurring(7)
                        .in(
                                "poll/Departure.java",
                                "            consumer.poll(Duration.ZERO);\n",
                                "            consumer.paused();\n"),
                Mutant.that("waits in a rebalance for a commit whose answer only a poll brings", "I13", "I10")
                        .recurring(8)
                        .in("commit/Committer.java", "    private boolean underWay;", "    public boolean underWay;")
                        .in(
                                REBALANCE,
                                "        drain.await(ending, limit);\n",
                                "        drain.await(ending, limit);\n        context.environment().waiting().until(() -> !committer.underWay, ticker.nanos() + 60_000_000_000L);\n"));
    }

    private static List<Mutant> ofHandovers() {
        String field = "    private final Lanes lanes;\n";
        String fresh = "new KeyOrder.ByKey(context.environment().random().nextLong())";
        return List.of(
                Mutant.that("keeps a place for a call whose partition went", "I13", "I12", "I5", "PROMPT")
                        .recurring(10)
                        .in("lane/Sequencer.java", "        } else {\n            inCalls--;\n        }", "        }"),
                Mutant.that("has a record that comes again wait for itself under a former ownership", "I12", "PROMPT")
                        .from(40)
                        .recurring(10)
                        .in(
                                TAKERS,
                                field,
                                field
                                        + "    private final java.util.Map<org.apache.kafka.common.TopicPartition, KeyOrder>"
                                        + " kept = new java.util.HashMap<>();\n")
                        .in(TAKERS, fresh, "kept.computeIfAbsent(session.partition(), first -> " + fresh + ")"));
    }

    private static List<Mutant> ofBounds() {
        return List.of(
                Mutant.that("keeps the room of a stage that failed", "I12", "PROMPT")
                        .from(77)
                        .recurring(11)
                        .in(
                                "lane/StageCaller.java",
                                "        lanes.stageEnded();",
                                "        if (item.result == null || thrown.isEmpty()) {\n            lanes.stageEnded();\n        }"),
                Mutant.that("does not seek when it could not learn what is committed", "I12", "I11")
                        .from(23)
                        .recurring(12)
                        .in(
                                "poll/Positions.java",
                                "partitions.forEach(partition -> unresolved.merge(",
                                "List.<TopicPartition>of().forEach(partition -> unresolved.merge("),
                Mutant.that("fetches a partition however much of it waits", "I9")
                        .recurring(14)
                        .in(
                                PAUSES,
                                "if (waiting >= buffers.recordsPerPartition() ||",
                                "if (false && waiting >= buffers.recordsPerPartition() ||")
                        .in("session/BatchQueue.java", "if (waitingRecords() >= bound) {", "if (bound < 0) {"),
                Mutant.that("fetches however much memory is held", "I9")
                        .recurring(14)
                        .in(
                                PAUSES,
                                "return bytes >= buffers.bytes() ||",
                                "return false && bytes >= buffers.bytes() ||"));
    }

    private static List<Mutant> found() {
        return List.of(
                Mutant.that("takes a partition that came back for paused as it was", "I9", "I12")
                        .from(36)
                        .in("poll/Pauses.java", "sessions.lastEpoch() != epochAtAll ||", ""),
                Mutant.that("does not say that a call takes long", "I8")
                        .in("poll/Diagnosis.java", "                        this::slowCall,\n", ""),
                Mutant.that("says that something has been so since a time to come", "I8")
                        .in("poll/Moment.java", "instant.minusNanos(now - nanos)", "instant.plusNanos(now - nanos)"),
                Mutant.that("goes on elsewhere without a word", "I11")
                        .from(13)
                        .in(
                                "poll/Positions.java",
                                "new GroupEvent.PositionJumped(partition, position, start, JumpReason.RETENTION)",
                                "new GroupEvent.EventsDropped(1)"),
                Mutant.that("blames the first record of a batch that names none", "I7", "I4")
                        .in(
                                "lane/Sequencer.java",
                                "if (group.known() || group.failure() instanceof Error) {",
                                "if (true || group.failure() instanceof Error) {"),
                Mutant.that("takes a stage for one in time whose call was late", "I4", "I2")
                        .from(90)
                        .in("lane/StageCaller.java", "if (interrupted == Cause.TIMED_OUT) {", "if (false) {")
                        .in("lane/StageCall.java", "if (interrupted != Cause.NONE) {", "if (false) {"));
    }
}
