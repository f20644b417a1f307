package io.bywash.chaos.trial;

import io.bywash.chaos.cluster.Cluster;
import io.bywash.chaos.load.Mix;
import io.bywash.chaos.oracle.Cut;
import io.bywash.chaos.oracle.SideText;
import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Logs that lose what was acknowledged: a topic that is deleted and made anew, a replica that leads although it lacks the end. */
final class CutTrials {
    private static final String[] THREE = {"a", "b", "c"};
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration TOO_SHORT_TO_NOTICE = Duration.ofSeconds(1);
    private static final Duration LAST_COMMIT = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(20);

    /** How many records the second replica lacks, at least. */
    private static final int LACKING = 50;

    private CutTrials() {}

    /**
     * The time of one topic among those of a name.
     *
     * @param begin before it was made, in microseconds since 1970
     * @param end before it was deleted, in microseconds since 1970
     */
    record Reign(long begin, long end) {}

    /** The topic is deleted and made anew under a running group, which begins with it at its beginning. */
    static Verdict recreated(Stage stage, Share share) throws IOException {
        Plan plan =
                Plan.of(stage.name("recreated"), share.protocol(), Mix.ORDINARY).with(Plan.Times.LONG_SESSION);
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            List<Long> made = new ArrayList<>();
            List<Long> deleted = new ArrayList<>();
            for (int i = 0; i < share.faults(); i++) {
                moveLeaders(stage.cluster(), run);
                run.awaitProgress();
                // Members learn it a moment after they come.
                Patience.await(LIMIT, () -> run.commitsTell(" t="), () -> "that commits tell which topic they are of");
                deleted.add(Line.now());
                made.add(recreate(stage.cluster(), run, i));
            }
            Verdict verdict = run.conclude(share.records());
            deleted.add(Line.now());
            // Counted at the end: a second event may come long after the first.
            for (int i = 0; i < made.size(); i++) {
                verdict = verdict.with(judge(begun(run), new Reign(made.get(i), deleted.get(i + 1))));
            }
            return Demands.erasedRecords(verdict);
        }
    }

    /** What is wrong with the events that the partitions of a topic began with. */
    static List<String> judge(List<Line> events, Reign reign) {
        Map<Integer, Long> counts = events.stream()
                .filter(line -> reign.begin() < line.micros() && line.micros() < reign.end())
                .collect(Collectors.groupingBy(Line::partition, Collectors.counting()));
        return IntStream.range(0, Plan.PARTITIONS)
                .filter(partition -> counts.getOrDefault(partition, 0L) != 1)
                .mapToObj(partition -> "partition " + partition + " of a topic that was made anew began with "
                        + counts.getOrDefault(partition, 0L) + " events and not with one")
                .toList();
    }

    /** Has another broker lead each partition, since the leaders of a new topic count from the beginning. */
    private static void moveLeaders(Cluster cluster, Experiment run) {
        for (TopicPartition partition : cluster.partitionsOf(run.topic())) {
            int leader = cluster.leader(partition);
            int next = leader % 3 + 1;
            cluster.answer(cluster.admin()
                    .alterPartitionReassignments(Map.of(
                            partition, Optional.of(new NewPartitionReassignment(List.of(next, next % 3 + 1, leader)))))
                    .all());
            Patience.await(LIMIT, () -> leads(cluster, partition, next), () -> "that " + next + " leads " + partition);
        }
    }

    private static boolean leads(Cluster cluster, TopicPartition partition, int broker) {
        // Whoever leads already is told that there is nothing to elect, so the answer is of no interest.
        cluster.answer(cluster.admin()
                .electLeaders(ElectionType.PREFERRED, Set.of(partition))
                .partitions());
        return cluster.leader(partition) == broker;
    }

    /** Waits until everybody has given its partitions up, or for less time than that takes, in turn. */
    private static void awaitGap(Experiment run, int turn) {
        if (turn % 2 == 1) {
            Patience.pass(TOO_SHORT_TO_NOTICE);
            return;
        }
        Patience.await(LIMIT, () -> owned(run) == 0, () -> "that all partitions are given up");
        // A member that gives a partition up tries its last commit for a while, and one that meets the new topic would
        // stand for it.
        Patience.pass(LAST_COMMIT);
    }

    /** How many partitions members have, where none was killed: each is assigned, and revoked or lost, once in each ownership. */
    private static int owned(Experiment run) throws IOException {
        // The ends first, so that none is counted whose beginning is not.
        int ended = run.crew().lines(Mark.REVOKED).size()
                + run.crew().lines(Mark.LOST).size();
        return run.crew().lines(Mark.ASSIGNED).size() - ended;
    }

    /** Returns when there was no topic. */
    private static long recreate(Cluster cluster, Experiment run, int turn) throws IOException {
        cluster.answer(cluster.admin().deleteTopics(List.of(run.topic())).all());
        run.fault("topic deleted");
        awaitGap(run, turn);
        long gone = Line.now();
        // A broker that is asked later may not have heard of it yet.
        Uuid id = run.createTopic();
        run.fault("topic made anew");
        Optional<String> anew = Optional.of(
                SideText.topic(cluster.answer(cluster.admin().describeCluster().clusterId()), id));
        for (int partition = 0; partition < Plan.PARTITIONS; partition++) {
            run.cut(new Cut(partition, 0, gone, gone, anew));
        }
        run.awaitProgress();
        Patience.await(
                LIMIT,
                () -> haveBegun(run, gone) == Plan.PARTITIONS,
                () -> "an event for each partition of the topic that was made anew");
        return gone;
    }

    /** How many partitions have begun with an event. Events come later than the records they are about. */
    private static long haveBegun(Experiment run, long since) throws IOException {
        return begun(run).stream()
                .filter(line -> line.micros() > since)
                .map(Line::partition)
                .distinct()
                .count();
    }

    private static List<Line> begun(Experiment run) throws IOException {
        return Stream.concat(run.crew().lines(Mark.STARTED).stream(), run.crew().lines(Mark.RECREATED).stream())
                .toList();
    }

    /**
     * A replica that lacks acknowledged records leads. Its partition halts and no other does, until an operator says where it goes
     * on.
     */
    static Verdict unclean(Stage stage, Share share) throws IOException {
        Plan plan = Plan.of(stage.name("unclean"), share.protocol(), Mix.ORDINARY)
                .with(Plan.Times.LONG_SESSION)
                .withTopicSettings(Map.of("min.insync.replicas", "1"));
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster(THREE);
            for (int i = 0; i < share.faults(); i++) {
                run.awaitProgress();
                TopicPartition partition = new TopicPartition(run.topic(), i % Plan.PARTITIONS);
                loseEnd(stage.cluster(), run, partition);
            }
            return Demands.erasedRecords(Demands.noRepetition(run.conclude(share.records())));
        }
    }

    private static void loseEnd(Cluster cluster, Experiment run, TopicPartition partition) throws IOException {
        int leader = cluster.leader(partition);
        int follower = leader % 3 + 1;
        cluster.answer(cluster.admin()
                .alterPartitionReassignments(
                        Map.of(partition, Optional.of(new NewPartitionReassignment(List.of(leader, follower)))))
                .all());
        cluster.awaitInSync(partition, Set.of(leader, follower));
        cluster.kill(follower);
        cluster.awaitInSync(partition, Set.of(leader));
        long enough = cluster.end(partition) + LACKING;
        Patience.await(
                LIMIT,
                () -> run.committed(partition) > enough,
                () -> "records that only one replica of " + partition + " has");
        run.traffic().rest();
        cluster.kill(leader);
        cluster.relaunch(follower);
        long gone = Line.now();
        Patience.await(LIMIT, () -> elect(cluster, partition), () -> "a new leader of " + partition);
        long end = cluster.end(partition);
        run.fault("log cut");
        run.traffic().goOn();
        Patience.await(LIMIT, () -> halted(run, gone).contains(partition.partition()), () -> "a halt of " + partition);
        run.awaitProgressBeside(partition.partition());
        cluster.relaunch(leader);
        cluster.awaitAll();
        goOn(cluster, run, partition, end, gone);
    }

    private static boolean elect(Cluster cluster, TopicPartition partition) {
        cluster.answer(cluster.admin()
                .electLeaders(ElectionType.UNCLEAN, Set.of(partition))
                .all());
        return true;
    }

    /** What an operator does. */
    private static void goOn(Cluster cluster, Experiment run, TopicPartition partition, long end, long gone)
            throws IOException {
        if (!halted(run, gone).equals(Set.of(partition.partition()))) {
            run.finding("partitions " + halted(run, gone) + " halted, and not just " + partition);
        }
        List<String> late = run.crew().stopAll(DRAIN);
        if (!late.isEmpty()) {
            run.finding("workers did not end in time after SIGTERM: " + late);
        }
        run.cut(new Cut(partition.partition(), end, gone, Line.now(), Optional.empty()));
        // Static members are in the group until their sessions are over.
        Patience.await(LIMIT, () -> commit(cluster, run, partition, end), () -> "that the group is empty");
        run.muster(THREE);
        run.faultOver();
    }

    private static boolean commit(Cluster cluster, Experiment run, TopicPartition partition, long offset) {
        cluster.answer(cluster.admin()
                .alterConsumerGroupOffsets(run.topic(), Map.of(partition, new OffsetAndMetadata(offset)))
                .all());
        return true;
    }

    private static Set<Integer> halted(Experiment run, long since) throws IOException {
        return run.crew().lines(Mark.HALTED).stream()
                .filter(line -> line.micros() > since)
                .map(Line::partition)
                .collect(Collectors.toSet());
    }
}
