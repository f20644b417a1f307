package io.bywash.chaos.cluster;

import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;

/** Whether a group is at rest. */
public final class GroupRest {
    private GroupRest() {}

    /**
     * Tells whether a group is stable, with as many partitions at each member.
     *
     * @param group the group
     * @param members how many members it has to have
     * @param partitions how many partitions each has to have
     * @return whether it is so
     */
    public static boolean of(ConsumerGroupDescription group, int members, int partitions) {
        return group.groupState() == GroupState.STABLE
                && group.members().size() == members
                && group.members().stream()
                        .allMatch(
                                member -> member.assignment().topicPartitions().size() == partitions);
    }
}
