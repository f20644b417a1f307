package io.bywash.tools.offsets;

import io.bywash.tools.ToolException;
import java.util.List;

/**
 * A group as the brokers know it.
 *
 * @param consumer the name of its consumer
 * @param group the group
 * @param state Kafka's word for its state, such as {@code STABLE} or {@code EMPTY}; {@code NONE} if the brokers do not know it
 * @param members how many members it has
 * @param partitions its partitions in order: those it has committed and those of its topics
 */
public record GroupOffsets(
        String consumer, String group, String state, int members, List<PartitionOffsets> partitions) {

    /** Stands for the state of a group that the brokers do not know. */
    public static final String NONE = "NONE";

    /**
     * Returns how many offsets are waiting in all.
     *
     * @return the sum of what is known
     */
    public long lag() {
        return partitions.stream()
                .mapToLong(partition -> partition.lag().orElse(0))
                .sum();
    }

    /**
     * Refuses if somebody is in the group, whose next commit would undo what is done to its offsets.
     *
     * @throws ToolException if the group has members
     */
    void requireNobody() {
        if (members > 0) {
            throw ToolException.refused("group " + group + " has " + members + (members == 1 ? " member" : " members")
                    + " (" + state + "), whose next commit would undo the reset; stop consumer " + consumer
                    + " everywhere, wait until they have left, and try again");
        }
    }
}
