package io.bywash.simulation.cluster;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;

/**
 * A topic with its logs.
 *
 * @param name its name
 * @param logs its partitions, in the order of their numbers
 * @param mostPerFetch how many records of a partition a poll brings at most
 */
public record Topic(String name, List<PartitionLog> logs, int mostPerFetch) {

    /**
     * Creates an empty topic.
     *
     * @param name its name
     * @param partitions how many it has
     * @param mostPerFetch how many records of a partition a poll brings at most
     */
    public static Topic empty(String name, int partitions, int mostPerFetch) {
        return new Topic(
                name,
                IntStream.range(0, partitions)
                        .mapToObj(number -> new PartitionLog(new TopicPartition(name, number)))
                        .toList(),
                mostPerFetch);
    }

    /** Returns the log of one of its partitions. */
    public PartitionLog log(TopicPartition partition) {
        return logs.get(partition.partition());
    }

    /** Returns its partitions. */
    public List<TopicPartition> partitions() {
        return logs.stream().map(PartitionLog::partition).toList();
    }
}
