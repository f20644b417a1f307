package io.bywash.core.poll;

import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.session.Batch;
import io.bywash.core.session.PartitionSession;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Hands what a poll brought to the sessions: one hand-over per partition. Belongs to the poll thread. */
final class Delivery {
    private final Sessions sessions;
    private final Pauses pauses;
    private final ConsumerMetrics metrics;

    Delivery(Sessions sessions, Pauses pauses, ConsumerMetrics metrics) {
        this.sessions = sessions;
        this.pauses = pauses;
        this.metrics = metrics;
    }

    void deliver(Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, OffsetAndMetadata> next = polled.nextOffsets();
        Set<TopicPartition> withRecords = polled.partitions();
        long bytes = 0;
        for (TopicPartition partition : withRecords) {
            PartitionSession session = sessions.get(partition)
                    .orElseThrow(() -> new IllegalStateException("the client delivered records of " + partition
                            + ", which has no session; they would be lost if reading went on"));
            Batch batch = Batch.of(polled.records(partition));
            bytes += batch.bytes();
            OffsetAndMetadata position = position(consumer, partition, next);
            session.offer(batch, position.offset(), position.leaderEpoch());
            pauses.delivered(session);
        }
        if (next.size() > withRecords.size()) {
            next.forEach((partition, position) -> sessions.get(partition)
                    .ifPresent(session -> session.ledger().advanced(position.offset(), position.leaderEpoch())));
        }
        if (!withRecords.isEmpty()) {
            metrics.add(Count.RECORDS, polled.count());
            metrics.add(Count.BYTES, bytes);
        }
    }

    private static OffsetAndMetadata position(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, Map<TopicPartition, OffsetAndMetadata> next) {
        OffsetAndMetadata known = next.get(partition);
        // An interceptor that builds its own ConsumerRecords loses the next offsets; the position is the same thing
        // without its epoch.
        return known != null ? known : new OffsetAndMetadata(consumer.position(partition));
    }
}
