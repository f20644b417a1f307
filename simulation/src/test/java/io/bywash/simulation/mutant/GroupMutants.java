package io.bywash.simulation.mutant;

import java.util.List;
import java.util.stream.Stream;

/** Defects of an engine that gets on with some groups and not with others: static members, both protocols, more topics than one. */
final class GroupMutants {
    private static final String POLL_FAILURES = "poll/PollFailures.java";
    private static final String ENGINE = "Engine.java";
    private static final String ROUTES = "binding/HandlerRoutes.java";
    private static final String SELECTION = "poll/TopicSelection.java";

    private GroupMutants() {}

    /** Returns all of them. */
    static List<Mutant> all() {
        return Stream.of(ofStaticMembers(), ofEpochs(), ofTopics(), ofRedrives())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Mutant> ofStaticMembers() {
        return List.of(
                Mutant.that("polls on although another has its group.instance.id", "I12")
                        .from(28)
                        .in(
                                POLL_FAILURES,
                                "if (failure instanceof FencedInstanceIdException) {",
                                "if (failure instanceof FencedInstanceIdException && failure.getMessage() == null) {"),
                Mutant.that("hands over what another has taken", "LIFE_CYCLE")
                        .from(28)
                        .in(
                                "poll/Departure.java",
                                "isFenced(stop) ? Departure::lose : PartitionSession::stop",
                                "PartitionSession::stop"),
                Mutant.that("keeps a client that came before its predecessor was missed", "I12")
                        .from(13)
                        .in(POLL_FAILURES, "new Verdict.Rebuild(unreleased)", "new Verdict.TryAgain(unreleased)"));
    }

    private static List<Mutant> ofEpochs() {
        return List.of(
                Mutant.that("takes the leader of the last record for that of the marker behind it", "I2")
                        .in(
                                "ledger/EpochHistory.java",
                                "        if (epoch.isPresent()) {\n",
                                "        if (read < 0) {\n"),
                Mutant.that("takes the leader of the last record for that of a marker before the next", "I2")
                        .in(
                                "ledger/EpochHistory.java",
                                "                readUnder(record.leaderEpoch());\n",
                                "                read = record.offset();\n                readUnder(record.leaderEpoch());\n"),
                Mutant.that("takes a commit of an earlier epoch for done", "I5", "I12")
                        .from(96)
                        .in(
                                "commit/Committer.java",
                                "                if (failure == null) {\n",
                                "                if (failure == null || failure instanceof"
                                        + " org.apache.kafka.common.errors.StaleMemberEpochException) {\n"));
    }

    private static List<Mutant> ofTopics() {
        return List.of(
                Mutant.that("has one handler take the records of all topics", "I7")
                        .in(ROUTES, "byTopic.get(topic);", "byTopic.values().iterator().next();"),
                Mutant.that("writes the letters of all topics to the dead letters of one", "I7")
                        .in(ENGINE, "settings.sourceOf(topic)", "settings.sourceOf(\"orders\")"),
                Mutant.that("reads one topic of several", "I12")
                        .in(
                                SELECTION,
                                "new TreeSet<>(topics.names())",
                                "new TreeSet<>(topics.names().stream().limit(1).toList())"));
    }

    private static List<Mutant> ofRedrives() {
        return List.of(
                Mutant.that("tells deserialisers of the redrive topic instead of its source", "I7")
                        .in(ROUTES, "of(source).readAs(source)", "of(source)"),
                Mutant.that("does not take up redrive topics that appear", "I12")
                        .in(SELECTION, "if (!redriveTopics.found().equals(subscribed)) {", "if (subscribed == null) {"),
                Mutant.that(
                                "writes what came back and failed again to the dead letters of its redrive topic",
                                "I7",
                                "I12")
                        .from(35)
                        .in(ENGINE, "settings.sourceOf(topic)", "topic"),
                Mutant.that("forgets where a record stood that came back", "I6", "I7")
                        .from(35)
                        .in("deadletter/DeadLetterHeaders.java", "return letter.cameBack()", "return false"));
    }
}
