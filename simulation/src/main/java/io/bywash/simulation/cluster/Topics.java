package io.bywash.simulation.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;

/** The topics that a group reads, with their logs. */
public final class Topics {
    private final SortedMap<String, List<PartitionLog>> logs;
    private final List<PartitionLog> all;
    private final int mostPerFetch;

    private final Set<String> existing = new HashSet<>();

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
        partitions.forEach((name, count) -> logs.put(name, logs(name, count, Origins.HERE)));
        Topics topics = new Topics(logs, mostPerFetch);
        partitions.keySet().forEach(topics::create);
        return topics;
    }

    /**
     * Adds topics through which dead letters come back, each of as many partitions as its source has. They exist from the first record
     * on.
     *
     * @param name names the one of a source
     */
    public Topics withReturning(UnaryOperator<String> name) {
        SortedMap<String, List<PartitionLog>> more = new TreeMap<>(logs);
        logs.forEach((source, own) -> {
            String returning = name.apply(source);
            more.put(returning, logs(returning, own.size(), Origins.ELSEWHERE));
        });
        Topics topics = new Topics(more, mostPerFetch);
        topics.existing.addAll(existing);
        return topics;
    }

    private static List<PartitionLog> logs(String name, int count, Origins origins) {
        List<PartitionLog> own = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            own.add(new PartitionLog(new TopicPartition(name, number), origins));
        }
        return List.copyOf(own);
    }

    /** Has a topic exist, if it does not yet. */
    public void create(String name) {
        existing.add(name);
    }

    /** Returns the names of those that exist, sorted. */
    public Set<String> names() {
        return new TreeSet<>(existing);
    }

    /** Returns all logs, those of topics that do not exist yet included, sorted by the names of the topics and the numbers of the partitions. */
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

    /** Returns how many partitions a topic has; none if it does not exist. */
    int count(String name) {
        return existing.contains(name) ? logs.getOrDefault(name, List.of()).size() : 0;
    }

    /** Returns all partitions. */
    List<TopicPartition> partitions() {
        return all.stream().map(PartitionLog::partition).toList();
    }

    int mostPerFetch() {
        return mostPerFetch;
    }
}
