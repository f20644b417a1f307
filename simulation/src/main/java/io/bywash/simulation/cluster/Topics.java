package io.bywash.simulation.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** The topics that a group reads, with their logs. */
public final class Topics {
    private final SortedMap<String, List<PartitionLog>> logs;
    private final List<PartitionLog> all;
    private final int mostPerFetch;

    private Topics(SortedMap<String, List<PartitionLog>> logs, int mostPerFetch) {
        this.logs = logs;
        this.all = logs.values().stream().flatMap(List::stream).toList();
        this.mostPerFetch = mostPerFetch;
    }

    /**
     * Creates empty topics.
     *
     * @param partitions how many partitions each has, by its name
     * @param mostPerFetch how many records of a partition a poll brings at most
     */
    public static Topics empty(Map<String, Integer> partitions, int mostPerFetch) {
        SortedMap<String, List<PartitionLog>> logs = new TreeMap<>();
        partitions.forEach((name, count) -> {
            List<PartitionLog> own = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                own.add(new PartitionLog(new TopicPartition(name, number)));
            }
            logs.put(name, List.copyOf(own));
        });
        return new Topics(logs, mostPerFetch);
    }

    /** Returns their names, sorted. */
    public Set<String> names() {
        return logs.keySet();
    }

    /** Returns all logs, sorted by the names of the topics and the numbers of the partitions. */
    public List<PartitionLog> logs() {
        return all;
    }

    /** Returns the log of a partition. */
    public PartitionLog log(TopicPartition partition) {
        List<PartitionLog> own = logs.get(partition.topic());
        if (own == null) {
            throw new IllegalArgumentException("nobody reads " + partition);
        }
        return own.get(partition.partition());
    }

    /** Returns how many partitions a topic has. */
    int count(String name) {
        return logs.getOrDefault(name, List.of()).size();
    }

    /** Returns all partitions. */
    List<TopicPartition> partitions() {
        return all.stream().map(PartitionLog::partition).toList();
    }

    int mostPerFetch() {
        return mostPerFetch;
    }
}
