package io.bywash.simulation.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
     * @throws OffsetOutOfRangeException if there is nothing so old any more
     */
    ConsumerRecords<byte[], byte[]> fetch() {
        requirePositions();
        requireInRange();
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new TreeMap<>(SimCluster.ORDER);
        Map<TopicPartition, OffsetAndMetadata> next = new TreeMap<>(SimCluster.ORDER);
        holdings.all().forEach((partition, holding) -> {
            if (holding.isPaused() || cluster.chance().happens(cluster.faults().pollEmpty())) {
                return;
            }
            PartitionLog.Fetched fetched = fetch(partition, holding);
            if (!fetched.records().isEmpty()) {
                records.put(partition, fetched.records());
            }
            if (fetched.next() > holding.position().orElseThrow()) {
                cluster.observer().fetched(client, partition, holding.position().getAsLong(), fetched);
                holding.moveTo(fetched.next());
                next.put(partition, new OffsetAndMetadata(fetched.next(), lastEpoch(fetched), ""));
            }
        });
        return next.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(records, next);
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

    private void requireInRange() {
        Map<TopicPartition, Long> tooOld = new TreeMap<>(SimCluster.ORDER);
        holdings.all().forEach((partition, holding) -> {
            long position = holding.position().orElseThrow();
            if (!holding.isPaused()
                    && position < cluster.topics().log(partition).start()) {
                tooOld.put(partition, position);
            }
        });
        if (!tooOld.isEmpty()) {
            throw new OffsetOutOfRangeException(tooOld);
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

    private static java.util.Optional<Integer> lastEpoch(PartitionLog.Fetched fetched) {
        return fetched.records().isEmpty()
                ? java.util.Optional.empty()
                : fetched.records().get(fetched.records().size() - 1).leaderEpoch();
    }
}
