package io.bywash.simulation.mutant;

import java.util.List;
import java.util.stream.Stream;

/** Defects of the engine where many records of a partition are worked on at once. */
final class LaneMutants {
    private static final String SEQUENCER = "lane/Sequencer.java";
    private static final String LANE = "lane/Lane.java";
    private static final String LANES = "lane/Lanes.java";
    private static final String LANE_WORKER = "lane/LaneWorker.java";
    private static final String KEY_TABLE = "lane/KeyTable.java";
    private static final String RECOVERIES = "lane/Recoveries.java";
    private static final String INTAKE = "lane/Intake.java";
    private static final String METADATA = "commit/CommitMetadata.java";

    private LaneMutants() {}

    /** Returns all of them. */
    static List<Mutant> all() {
        return Stream.of(ofOrder(), ofBooks(), ofHandovers(), ofWakeUps(), found())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutant> ofOrder() {
        return List.of(
                Mutant.that("takes keys for different that are equal", "I4")
                        .in(KEY_TABLE, "Arrays.equals(head.record.key(), key)", "head.record.key() == key"),
                Mutant.that("lets a key wait for another that shares its bucket", "PROMPT", "BOUNDS")
                        .from(10)
                        .in(
                                KEY_TABLE,
                                "head.hash == item.hash && Arrays.equals(head.record.key(), key)",
                                "head != null"),
                Mutant.that("lets the next record of a key overtake a retry", "I4")
                        .in(SEQUENCER, "            item.result = result;\n            failures.take(item);", """
                                            item.result = result;
                                            Item heir = order.leave(item);
                                            if (heir != null) {
                                                supply.ready(heir);
                                            }
                                            failures.take(item);
                                """),
                Mutant.that("begins although a call of a former ownership still runs", "I4", "I6", "LIFE_CYCLE")
                        .in(
                                "worker/Tenure.java",
                                "this.phase = formerQuiet.getAsBoolean() ? TenurePhase.ASSIGNING : TenurePhase.PREDECESSOR;",
                                "this.phase = TenurePhase.ASSIGNING;"));
    }

    private static List<Mutant> ofBooks() {
        return List.of(
                Mutant.that("publishes the first incomplete record as complete", "I2")
                        .in(SEQUENCER, "incomplete.firstOffset() - 1;", "incomplete.firstOffset();"),
                Mutant.that("reports the record after the last one taken as complete", "I2", "I5", "LIFE_CYCLE")
                        .in("lane/Incomplete.java", "takenThrough + 1 :", "takenThrough + 2 :"),
                Mutant.that("reports a record that waits for its retry as complete", "I2")
                        .in(
                                SEQUENCER,
                                "            item.result = result;\n",
                                "            item.result = result;\n            incomplete.remove(item);\n")
                        .in(SEQUENCER, "        incomplete.remove(item);\n        // An earlier", """
                                        if (item == incomplete.first()) {
                                            incomplete.remove(item);
                                        }
                                        // An earlier""")
                        .in(
                                "lane/Incomplete.java",
                                "    boolean isEmpty() {",
                                "    Item first() {\n        return first;\n    }\n\n    boolean isEmpty() {"),
                Mutant.that("completes a record whose call counts for nothing", "I1", "I2", "I6")
                        .from(13)
                        .in(
                                SEQUENCER,
                                "        } else {\n            inCalls--;\n        }",
                                "        } else {\n            inCalls--;\n            complete(item);\n        }"),
                Mutant.that("ignores what a former owner told to be complete", "I5")
                        .in(INTAKE, "return done.cover(record);", "return false;"),
                Mutant.that("takes a record for the one that was at its offset before", "I1", "I2", "I4")
                        .from(65)
                        .in(INTAKE, " || record.leaderEpoch().orElse(-1) > done.leaderEpoch()", "")
                        .in(
                                "ledger/DoneRanges.java",
                                "if (bounds.length == 0 || record.leaderEpoch().orElse(-1) > leaderEpoch) {",
                                "if (bounds.length == 0) {"));
    }

    private static List<Mutant> ofHandovers() {
        return List.of(
                Mutant.that("does not report what is complete when a partition is given up", "I5")
                        .from(123)
                        .in("commit/Committer.java", "        ending.forEach(PartitionSession::askForReport);\n", ""),
                Mutant.that("forgets what a former owner told and it has not come to itself", "I5")
                        .from(90)
                        .in(INTAKE, "return done.above(takenThrough + 1);", "return DoneRanges.NONE;"),
                Mutant.that("hands on the attempts at one failed record only", "I7")
                        .from(130)
                        .in(
                                METADATA,
                                "            text.append(field);\n",
                                "            text.append(field);\n break;\n"));
    }

    private static List<Mutant> ofWakeUps() {
        return List.of(
                Mutant.that("does not look again for more to do after it took a record", "PROMPT")
                        .from(90)
                        .in(
                                LANE,
                                "Item next = partition.sequencer().exchange(null);\n        partition.attend();",
                                "Item next = partition.sequencer().exchange(null);"),
                Mutant.that("does not look again for more to do when a lane goes", "I12", "PROMPT")
                        .from(816)
                        .in(
                                LANE_WORKER,
                                "    void part() {\n        leave();\n        attend();",
                                "    void part() {\n        leave();"),
                Mutant.that("leaves a partition to a lane that is in a long call", "PROMPT")
                        .from(260)
                        .in(LANES, "if (now - lastLook < LOOK_NANOS)", "if (now - lastLook < Long.MAX_VALUE)"),
                Mutant.that("tells no lane of a record that may be tried again", "PROMPT", "I12")
                        .in(LANE_WORKER, "gather());\n        attend();", "gather());"));
    }

    private static List<Mutant> found() {
        return List.of(
                Mutant.that("keeps a partition ordered by key for the next try at a dead letter", "I13", "I12", "I7")
                        .in(RECOVERIES, "return !session.isOpen() && failing.recovery.canLetGo();", "return false;"),
                Mutant.that("writes a dead letter for a partition that was lost since the record failed", "I6", "I7")
                        .from(4116)
                        .in(
                                RECOVERIES,
                                "            if (session.state().counts()) {\n",
                                "            if (item.record != null) {\n"),
                Mutant.that("says for ever that a record has failed", "I7")
                        .from(12)
                        .in(SEQUENCER, "        if (!session.failed().isEmpty()) {\n", "        if (false) {\n"));
    }
}
