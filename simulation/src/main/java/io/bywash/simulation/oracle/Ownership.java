package io.bywash.simulation.oracle;

import io.bywash.simulation.cluster.PartitionLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What one client did with one partition, from being told that it is its own until it gave it up or was told that it lost it. */
final class Ownership {
    private final String client;
    private final TopicPartition partition;
    private final Map<Long, Optional<Integer>> starts = new HashMap<>();
    private final NavigableMap<Long, ConsumerRecord<byte[], byte[]>> delivered = new TreeMap<>();
    private final Set<Long> complete = new HashSet<>();
    private final Attempts attempts;
    private Optional<Integer> startEpoch = Optional.empty();
    private long next;
    private long frontier;
    private long asked;
    private boolean begun;
    private boolean over;

    Ownership(String client, TopicPartition partition, Optional<OffsetAndMetadata> committed, Attempts attempts) {
        this.client = client;
        this.partition = partition;
        this.attempts = attempts;
        mayStartAt(committed);
        startAt(offset(committed));
    }

    private static long offset(Optional<OffsetAndMetadata> committed) {
        return committed.map(OffsetAndMetadata::offset).orElse(0L);
    }

    private void startAt(long offset) {
        startEpoch = starts.getOrDefault(offset, Optional.empty());
        next = offset;
        frontier = offset;
        asked = offset;
    }

    /** Notes what the client was told is committed: an owner that was taken for dead unawares may hear of what its successor did. */
    void mayStartAt(Optional<OffsetAndMetadata> committed) {
        starts.put(offset(committed), committed.flatMap(OffsetAndMetadata::leaderEpoch));
    }

    /** Tells whether a position is where reading must go on, or may begin. */
    boolean readsOnAt(long position) {
        if (!begun && starts.containsKey(position)) {
            startAt(position);
        }
        begun = true;
        return position == next;
    }

    String client() {
        return client;
    }

    TopicPartition partition() {
        return partition;
    }

    Attempts attempts() {
        return attempts;
    }

    /** Returns where reading must go on. */
    long next() {
        return next;
    }

    void deliver(PartitionLog.Fetched fetched) {
        fetched.records().forEach(record -> delivered.put(record.offset(), record));
        next = fetched.next();
    }

    boolean wasDelivered(long offset) {
        return delivered.containsKey(offset);
    }

    void complete(long offset) {
        complete.add(offset);
    }

    boolean isComplete(long offset) {
        return complete.contains(offset);
    }

    /** Returns the first delivered record that is not complete, or else where reading goes on. */
    long frontier() {
        for (Long offset = delivered.ceilingKey(frontier); offset != null; offset = delivered.ceilingKey(frontier)) {
            if (!complete.contains(offset)) {
                return offset;
            }
            frontier = offset + 1;
        }
        return next;
    }

    /** Tells whether a record at an offset or beyond it is complete, and all before that. */
    boolean hasCompleted(long offset) {
        Long last = delivered.lowerKey(frontier());
        return last != null && last >= offset;
    }

    /** Returns the epoch that has to be committed with an offset. */
    Optional<Integer> epochBelow(long offset) {
        Map.Entry<Long, ConsumerRecord<byte[], byte[]>> last = delivered.lowerEntry(offset);
        return last == null ? startEpoch : last.getValue().leaderEpoch();
    }

    /** Takes note of a commit; returns the highest one before. */
    long ask(long offset) {
        long before = asked;
        asked = Math.max(asked, offset);
        return before;
    }

    void end() {
        over = true;
    }

    /** Tells whether results no longer count. */
    boolean isOver() {
        return over;
    }

    @Override
    public String toString() {
        return partition + " of " + client;
    }
}
