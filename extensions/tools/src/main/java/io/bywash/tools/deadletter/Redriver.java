package io.bywash.tools.deadletter;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.cluster.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends dead letters of one consumer back. What has gone back is committed with it, so a redrive that was cut short, in whatever way, is
 * gone on with by the next one: no letter goes back twice, and none is forgotten. May be called from any thread; blocks until done.
 */
public final class Redriver {
    private final ConsumerSettings settings;

    /**
     * Creates the redriver of a consumer.
     *
     * @param settings the consumer
     */
    public Redriver(ConsumerSettings settings) {
        this.settings = settings;
    }

    /**
     * Finds out what {@link #redrive} would do. Changes nothing, and keeps no pace.
     *
     * @param request which letters
     * @param listener hears how it gets on
     * @return what would be done
     * @throws ToolException if it could not be done, or the broker does not answer or refuses
     */
    public RedriveReport rehearse(RedriveRequest request, RedriveListener listener) {
        return connected(request, (cluster, log) -> {
            RedriveTargets targets = new RedriveTargets(request, cluster);
            RedriveRun run = new RedriveRun(
                    request.unhurried(), targets, batch -> {}, new RedriveRun.Ending(listener, () -> false));
            return run.over(log, redriven(request, cluster, log));
        });
    }

    /**
     * Sends letters back, up to the end of the topic as it is now. Of two redrives of the same topic, the later one ends the earlier.
     *
     * @param request which letters
     * @param listener hears of each batch once it is committed
     * @param stop asked after each batch whether to leave it at that
     * @return what was done
     * @throws ToolException if it cannot be done, was taken over by another redrive, or the broker does not answer or refuses; what the
     *     listener heard of is done nevertheless
     */
    public RedriveReport redrive(RedriveRequest request, RedriveListener listener, BooleanSupplier stop) {
        return connected(request, (cluster, log) -> {
            RedriveTargets targets = new RedriveTargets(request, cluster);
            // Before the positions are read: what another redrive has not committed by then, it never will.
            try (RedriveWriter writer =
                    new RedriveWriter(settings, request.source().topic(), log.group())) {
                Map<TopicPartition, RedrivenLetters> redriven = redriven(request, cluster, log);
                RedriveRun run = new RedriveRun(
                        request,
                        targets,
                        batch -> write(writer, targets, batch, redriven),
                        new RedriveRun.Ending(listener, stop));
                return run.over(log, redriven);
            }
        });
    }

    private void write(
            RedriveWriter writer,
            RedriveTargets targets,
            RedriveBatch batch,
            Map<TopicPartition, RedrivenLetters> redriven) {
        Map<TopicPartition, OffsetAndMetadata> positions = batch.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> partition,
                        partition -> position(partition, Objects.requireNonNull(redriven.get(partition)))));
        writer.write(
                batch.copies().stream()
                        .map(copy -> copy.record(targets.partitions(copy.topic())))
                        .toList(),
                positions);
    }

    private OffsetAndMetadata position(TopicPartition partition, RedrivenLetters redriven) {
        int most = (int) settings.metadataLimits().perPartition();
        return redriven.commit(most)
                .orElseThrow(() -> ToolException.refused("the letters of " + partition
                        + " that have gone back are too scattered to be remembered in " + most
                        + " bytes, and would go back again; what was reported before is done. Redrive with a filter that leaves"
                        + " fewer in between, or raise commit-metadata.per-partition and the brokers'"
                        + " offset.metadata.max.bytes"));
    }

    private static Map<TopicPartition, RedrivenLetters> redriven(
            RedriveRequest request, Cluster cluster, LetterLog log) {
        List<TopicPartition> partitions = cluster.partitions(request.source().topic());
        if (request.scope() == RedriveScope.ALL) {
            return log.redriven(partitions, Map.of());
        }
        Map<TopicPartition, OffsetAndMetadata> committed = log.committed(partitions);
        if (committed.isEmpty() && !partitions.isEmpty()) {
            requireFirst(request, cluster, log);
        }
        return log.redriven(partitions, committed);
    }

    /** Kafka forgets the positions of a group nobody is in. Where letters went, there is still something to be seen of it. */
    private static void requireFirst(RedriveRequest request, Cluster cluster, LetterLog log) {
        List<TopicPartition> targets = request.source().redriveTopics().values().stream()
                .flatMap(name -> name.stream())
                .flatMap(name -> cluster.partitions(name).stream())
                .toList();
        if (!targets.isEmpty() && log.distance(log.starts(targets)) > 0) {
            throw ToolException.refused(
                    "nobody knows any more which letters of " + request.source().topic()
                            + " have gone back: the positions of group "
                            + LetterLog.groupOf(request.source().topic())
                            + " are gone, which brokers drop after offsets.retention.minutes, but "
                            + targets.get(0).topic()
                            + " has records. Redrive with --again, and with --since to leave out what went back before");
        }
    }

    /** What is done with open clients. */
    @FunctionalInterface
    private interface Work {
        RedriveReport with(Cluster cluster, LetterLog log);
    }

    private RedriveReport connected(RedriveRequest request, Work work) {
        String topic = request.source().topic();
        try (Cluster cluster = new Cluster(settings);
                LetterLog log = new LetterLog(settings, topic)) {
            try {
                return work.with(cluster, log);
            } catch (KafkaException e) {
                throw cluster.broker("the letters of " + topic + " do not all go back", e);
            }
        }
    }
}
