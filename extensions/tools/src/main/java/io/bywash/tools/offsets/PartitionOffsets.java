package io.bywash.tools.offsets;

import io.bywash.core.session.Origin;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group is in a partition.
 *
 * @param partition the partition
 * @param start the first offset there is
 * @param end the offset after the last record that is committed for readers
 * @param committed what the group has committed, if it has
 * @param member the client id and host of the member that has it, if one has
 */
public record PartitionOffsets(
        TopicPartition partition, long start, long end, Optional<Origin> committed, Optional<String> member) {

    /**
     * Returns how many offsets are waiting.
     *
     * @return the distance from what is committed, or from the start if that is later, to the end; nothing if nothing is committed
     */
    public OptionalLong lag() {
        return committed
                .map(origin -> OptionalLong.of(Math.max(0, end - Math.max(start, origin.offset()))))
                .orElseGet(OptionalLong::empty);
    }
}
