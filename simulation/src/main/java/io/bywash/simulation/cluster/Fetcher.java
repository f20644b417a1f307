package io.bywash.simulation.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Brings what a poll returns: of every partition that is held and not paused, none, some or all of what there is. */
final class Fetcher {
    private final String client;
    private final SimCluster cluster;
    private final Holdings holdings;

    Fetcher(String client, SimCluster cluster, Holdings holdings) {
        this.client = client;
        this.cluster = cluster;
        this.holdings = holdings;
    }

    /**
     * Fetches, and moves the positions.
     *
     * @throws NoOffsetForPartitionException if a position was never set. The real client would look for a commit first; nobody should
     *     leave it to that
     * @throws LogTruncationException if a new leader lacks what was read before the position, though it may have written as much since.
     *     The client asks for paused partitions too
     * @throws OffsetOutOfRangeException if there is nothing so old any more, or nothing so new yet
     */
    ConsumerRecords<byte[], byte[]> fetch() {
        requirePositions();
        requireWhole();
        requireInRange();
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new TreeMap<>(SimCluster.ORDER);
        Map<TopicPartition, OffsetAndMetadata> next = new TreeMap<>(SimCluster.ORDER);
        holdings.all().forEach((partition, holding) -> {
            if (!isFetched(partition, holding)
                    || cluster.chance().happens(cluster.faults().pollEmpty())) {
                return;
            }
            PartitionLog.Fetched fetched = fetch(partition, holding);
            if (!fetched.records().isEmpty()) {
                records.put(partition, fetched.records());
            }
            if (fetched.next() > holding.position().orElseThrow()) {
                cluster.observer().fetched(client, partition, holding.position().getAsLong(), fetched);
                Optional<Integer> epoch =
                        Optional.of(cluster.topics().log(partition).leaderEpochAt(fetched.next() - 1));
                holding.moveTo(fetched.next(), epoch);
                next.put(partition, new OffsetAndMetadata(fetched.next(), epoch, ""));
            }
        });
        return next.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(records, next);
    }

    private boolean isFetched(TopicPartition partition, Holdings.Holding holding) {
        return !holding.isPaused() && believesLeader(partition, holding);
    }

    /** Whoever has heard of a later leader waits for that one. */
    private boolean believesLeader(TopicPartition partition, Holdings.Holding holding) {
        int epoch = cluster.topics().log(partition).leaderEpoch();
        return holding.leaderEpoch().filter(later -> later > epoch).isEmpty();
    }

    private void requirePositions() {
        Set<TopicPartition> without = new TreeSet<>(SimCluster.ORDER);
        holdings.all().forEach((partition, holding) -> {
            if (holding.position().isEmpty()) {
                without.add(partition);
            }
        });
        if (!without.isEmpty()) {
            throw new NoOffsetForPartitionException(without);
        }
    }

    private void requireWhole() {
        Map<TopicPartition, Long> cut = new TreeMap<>(SimCluster.ORDER);
        Map<TopicPartition, OffsetAndMetadata> diverging = new TreeMap<>(SimCluster.ORDER);
        holdings.all().forEach((partition, holding) -> {
            long position = holding.position().orElseThrow();
            long end = believesLeader(partition, holding) ? agreedEnd(partition, holding) : position;
            if (end < position) {
                cut.put(partition, position);
                diverging.put(partition, new OffsetAndMetadata(end, holding.leaderEpoch(), ""));
            }
        });
        if (!cut.isEmpty()) {
            throw new LogTruncationException(cut, diverging);
        }
    }

    /** Returns through where a log is the one that was read, by the epochs of its leaders; a position without an epoch tells nothing. */
    private long agreedEnd(TopicPartition partition, Holdings.Holding holding) {
        PartitionLog log = cluster.topics().log(partition);
        return holding.leaderEpoch().map(log::endOf).orElse(Long.MAX_VALUE);
    }

    private void requireInRange() {
        Map<TopicPartition, Long> missed = new TreeMap<>(SimCluster.ORDER);
        holdings.all().forEach((partition, holding) -> {
            PartitionLog log = cluster.topics().log(partition);
            long position = holding.position().orElseThrow();
            if (isFetched(partition, holding) && (position < log.start() || position > log.end())) {
                missed.put(partition, position);
            }
        });
        if (!missed.isEmpty()) {
            throw new OffsetOutOfRangeException(missed);
        }
    }

    private PartitionLog.Fetched fetch(TopicPartition partition, Holdings.Holding holding) {
        PartitionLog log = cluster.topics().log(partition);
        holding.hearEnd(log.end());
        int most = cluster.chance().below(cluster.topics().mostPerFetch() + 1);
        PartitionLog.Fetched fetched = log.fetch(holding.position().orElseThrow(), most, cluster.chance());
        List<Long> offsets = new ArrayList<>();
        fetched.records().forEach(record -> offsets.add(record.offset()));
        if (fetched.next() > holding.position().getAsLong()) {
            cluster.stage().trace().note(client, "fetched " + partition + " " + offsets + ", next " + fetched.next());
        }
        return fetched;
    }
}
