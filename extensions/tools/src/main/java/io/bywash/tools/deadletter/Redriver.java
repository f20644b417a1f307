package io.bywash.tools.deadletter;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.cluster.Cluster;
import java.util.HashMap;
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
     * @param stop asked now and then whether to leave it at that
     * @return what would be done
     * @throws ToolException if it could not be done, or the broker does not answer or refuses
     */
    public RedriveReport rehearse(RedriveRequest request, RedriveListener listener, BooleanSupplier stop) {
        return connected(request, (cluster, log) -> {
            RedriveTargets targets = new RedriveTargets(request, cluster);
            RedriveRun run =
                    new RedriveRun(request.unhurried(), targets, batch -> {}, new RedriveRun.Ending(listener, stop));
            return run.over(log, new RedriveHistory(request, cluster, log).redriven());
        });
    }

    /**
     * Sends letters back, up to the end of the topic as it is now. Of two redrives of the same topic, the later one ends the earlier.
     *
     * @param request which letters
     * @param listener hears now and then what is committed
     * @param stop asked after each batch, and now and then between, whether to leave it at that
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
                Map<TopicPartition, RedrivenLetters> redriven =
                        new RedriveHistory(request, cluster, log).settled(this::position);
                renew(writer, redriven);
                RedriveRun run = new RedriveRun(
                        request,
                        targets,
                        batch -> write(writer, targets, batch, redriven),
                        new RedriveRun.Ending(listener, stop));
                return run.over(log, redriven);
            }
        });
    }

    /**
     * Writes the position of every partition once more, whether letters of it go back or not: so they grow old together, and where one
     * is missing it is known to be lost.
     */
    private void renew(RedriveWriter writer, Map<TopicPartition, RedrivenLetters> redriven) {
        long most = settings.metadataLimits().perRequest();
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        long chars = 0;
        for (Map.Entry<TopicPartition, RedrivenLetters> entry : redriven.entrySet()) {
            OffsetAndMetadata position = position(entry.getKey(), entry.getValue());
            chars += position.metadata().length();
            if (chars > most) {
                writer.write(List.of(), positions);
                positions.clear();
                chars = position.metadata().length();
            }
            positions.put(entry.getKey(), position);
        }
        if (!positions.isEmpty()) {
            writer.write(List.of(), positions);
        }
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
