package io.bywash.simulation;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What became of the records of a schedule, which are named by their partition and their place in it, since offsets are not the same
 * everywhere.
 *
 * @param handled those whose handler returned
 * @param passedOver those that went to the dead-letter topic or were left out
 * @param behind partitions whose committed offset is not the end of their log
 * @param wrong what is told wrongly beside those offsets
 */
record Fates(Set<String> handled, Set<String> passedOver, Set<TopicPartition> behind, Set<String> wrong) {

    static String name(Schedule.TopicPartitionOffset at, int place) {
        return at.topic() + "-" + at.partition() + "/" + place;
    }
}
