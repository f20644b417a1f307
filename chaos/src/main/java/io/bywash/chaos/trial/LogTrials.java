package io.bywash.chaos.trial;

import io.bywash.chaos.cluster.Cluster;
import io.bywash.chaos.load.Mix;
import io.bywash.chaos.load.Produced;
import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.process.Patience;
import io.bywash.chaos.worker.Line;
import io.bywash.chaos.worker.Mark;
import io.bywash.chaos.worker.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Logs with holes: aborted transactions, compaction, deleted records, and partitions that are added. */
final class LogTrials {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MORE_PARTITIONS = 16;
    private static final int PER_TRANSACTION = 16;
    private static final int ABORTED = 4;

    private LogTrials() {}

    /** A compacted topic, into which transactions are written beside the traffic; a quarter of them are aborted. Half of it is there before the group. */
    static Verdict holes(Stage stage, Share share) throws IOException {
        Plan plan = Plan.of(stage.name("holes"), share.protocol(), Mix.ORDINARY)
                .with(Plan.Times.LONG_SESSION)
                .withTopicSettings(Map.of(
                        "cleanup.policy", "compact",
                        "segment.bytes", "1048576",
                        "segment.ms", "3000",
                        "min.cleanable.dirty.ratio", "0.01"));
        try (Experiment run = Experiment.open(stage, plan);
                KafkaProducer<String, byte[]> producer = transactional(stage.cluster(), plan.name())) {
            producer.initTransactions();
            long markers = 0;
            for (int i = 0; i < share.faults(); i++) {
                markers += transaction(producer, run, i);
                if (i == share.faults() / 2) {
                    run.muster("a", "b", "c");
                }
                if (i > share.faults() / 2 && i % ABORTED == ABORTED - 1) {
                    run.fault("aborted transaction");
                }
                Patience.pass(Duration.ofMillis(100));
            }
            return Demands.holesBeside(markers, Demands.noRepetition(run.conclude(share.records())));
        }
    }

    private static KafkaProducer<String, byte[]> transactional(Cluster cluster, String name) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", cluster.bootstrap(), "transactional.id", name),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Writes a few records, for good or not; returns how many markers that has left, one in each partition it has written to. */
    private static long transaction(KafkaProducer<String, byte[]> producer, Experiment run, int turn) {
        List<Produced> records = new ArrayList<>();
        producer.beginTransaction();
        for (int i = 0; i < PER_TRANSACTION; i++) {
            String key = "txn-" + i;
            Task task = Task.ordinary(1_000_000_000L + (long) turn * PER_TRANSACTION + i);
            // Called by a thread of the producer, and never again once all is flushed.
            producer.send(
                    new ProducerRecord<>(run.topic(), key, task.bytes()),
                    (place, failure) ->
                            records.add(new Produced(place.partition(), place.offset(), key, task, Line.now())));
        }
        producer.flush();
        if (turn % ABORTED == ABORTED - 1) {
            producer.abortTransaction();
        } else {
            producer.commitTransaction();
            records.forEach(run::written);
        }
        return records.stream().map(Produced::partition).distinct().count();
    }

    /** Records are deleted ahead of a group that is away: one partition jumps, once, with an event. Then partitions are added. */
    static Verdict deleted(Stage stage, Share share) throws IOException {
        Plan plan =
                Plan.of(stage.name("deleted"), share.protocol(), Mix.ORDINARY).with(Plan.Times.LONG_SESSION);
        try (Experiment run = Experiment.open(stage, plan)) {
            run.muster("a", "b", "c");
            for (int i = 0; i < share.faults(); i++) {
                run.awaitProgress();
                delete(stage.cluster(), run, new TopicPartition(run.topic(), i % Plan.PARTITIONS));
                long jumps = i + 1L;
                Patience.await(LIMIT, () -> run.crew().count(Mark.JUMPED) >= jumps, () -> "the event of jump " + jumps);
            }
            stage.cluster()
                    .answer(stage.cluster()
                            .admin()
                            .createPartitions(Map.of(run.topic(), NewPartitions.increaseTo(MORE_PARTITIONS)))
                            .all());
            run.fault("partitions added");
            Patience.await(
                    LIMIT,
                    () -> run.crew().begunSince(0).size() == MORE_PARTITIONS,
                    () -> "records of the added partitions");
            Verdict verdict = run.conclude(share.records());
            if (run.crew().count(Mark.JUMPED) != share.faults()) {
                verdict = verdict.with(List.of(run.crew().count(Mark.JUMPED) + " jumps"));
            }
            return Demands.erasedRecords(Demands.noRepetition(verdict));
        }
    }

    private static void delete(Cluster cluster, Experiment run, TopicPartition partition) throws IOException {
        List<String> late = run.crew().stopAll(Duration.ofSeconds(20));
        if (!late.isEmpty()) {
            run.finding("workers did not end in time after SIGTERM: " + late);
        }
        long stopped = cluster.end(partition);
        Patience.await(LIMIT, () -> cluster.end(partition) > stopped + 20, () -> "records that nobody reads");
        cluster.answer(cluster.admin()
                .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(cluster.end(partition) - 5)))
                .all());
        run.fault("records deleted");
        for (String member : List.of("a", "b", "c")) {
            run.crew().start(member);
        }
    }
}
