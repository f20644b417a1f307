package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Chance;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * The log of one partition as a reader of committed records sees it: offsets rise, and some are missing, where a transaction marker
 * stands or compaction has been.
 */
public final class PartitionLog {
    /** Added to the offset of a record that came back, this is where it stood before. */
    public static final long RETURNED = 1_000_000;

    private final TopicPartition partition;
    private final Origins origins;
    private final NavigableMap<Long, ConsumerRecord<byte[], byte[]>> records = new TreeMap<>();

    /** Where each leader began to write, with its epoch. */
    private final NavigableMap<Long, Integer> leaders = new TreeMap<>(Map.of(0L, 0));

    private long start;
    private long end;
    private int leaderEpoch;

    /**
     * What a fetch finds.
     *
     * @param records the records, in the order of their offsets
     * @param next where reading goes on
     */
    public record Fetched(List<ConsumerRecord<byte[], byte[]>> records, long next) {}

    PartitionLog(TopicPartition partition, Origins origins) {
        this.partition = partition;
        this.origins = origins;
    }

    /** Returns the partition. */
    public TopicPartition partition() {
        return partition;
    }

    /**
     * Adds a record at the end.
     *
     * @param key its key, if it has one
     * @param value its value
     * @param time its timestamp
     * @return its offset
     */
    public long append(byte @Nullable [] key, byte[] value, Instant time) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                end,
                time.toEpochMilli(),
                TimestampType.CREATE_TIME,
                key == null ? ConsumerRecord.NULL_SIZE : key.length,
                value.length,
                key,
                value,
                headers(time),
                Optional.of(leaderEpoch));
        records.put(end, record);
        end++;
        return record.offset();
    }

    /** One that no other record has. */
    private Headers headers(Instant time) {
        Headers headers =
                new RecordHeaders().add("written-as", (partition + "@" + end).getBytes(StandardCharsets.UTF_8));
        origins.tell(headers, partition.partition(), end, time.toEpochMilli());
        return headers;
    }

    /** Lets offsets follow that hold nothing to read. */
    public void skip(int offsets) {
        end += offsets;
    }

    /** Gives the partition a new leader; records from now on carry its epoch. */
    public void electLeader() {
        leaderEpoch++;
        leaders.put(end, leaderEpoch);
    }

    /** Gives the partition a new leader, whose log ends earlier. */
    void truncate(long newEnd) {
        records.tailMap(newEnd, true).clear();
        leaders.tailMap(newEnd, true).clear();
        end = newEnd;
        electLeader();
    }

    /** Is the log of another topic of the same name from now on, with leaders of its own. */
    void beginAnew() {
        records.clear();
        leaders.clear();
        start = 0;
        end = 0;
        leaderEpoch = 0;
        leaders.put(end, leaderEpoch);
    }

    /** Removes what is older than an offset. It is no longer read, and still known; whoever led at that offset led from there on. */
    void retainFrom(long newStart) {
        leaders.put(newStart, leaderEpochAt(newStart));
        leaders.headMap(newStart, false).clear();
        start = newStart;
    }

    /** Returns the epoch of the leader. */
    public int leaderEpoch() {
        return leaderEpoch;
    }

    /** Returns the epoch of the leader that wrote at an offset, readable or not; at the end, of the one that would. */
    public int leaderEpochAt(long offset) {
        // Each has a later epoch than those before. What is older than the start counts as the first that is there.
        return Collections.max(leaders.headMap(Math.max(offset, start), true).values());
    }

    /** Returns where the leaders up to an epoch ended: at the first offset of a later one. */
    public long endOf(int epoch) {
        return leaders.entrySet().stream()
                .filter(leader -> leader.getValue() > epoch)
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(end);
    }

    /** Returns the first offset that can be read, if anything stands there. */
    public long start() {
        return start;
    }

    /** Returns the offset after the last one, readable or not. */
    public long end() {
        return end;
    }

    /** Returns the records by their offsets, those included that are too old to be read. */
    public NavigableMap<Long, ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /** Reads on from a position; offsets that hold nothing may be passed over with or without records. */
    Fetched fetch(long position, int most, Chance chance) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        long next = position;
        for (Map.Entry<Long, ConsumerRecord<byte[], byte[]>> entry :
                records.tailMap(position).entrySet()) {
            if (found.size() == most) {
                break;
            }
            found.add(entry.getValue());
            next = entry.getKey() + 1;
        }
        Long following = records.ceilingKey(next);
        long reachable = following == null ? end : following;
        return new Fetched(found, reachable > next && chance.happens(0.5) ? reachable : next);
    }
}
