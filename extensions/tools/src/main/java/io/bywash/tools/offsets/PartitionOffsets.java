package io.bywash.tools.offsets;

import io.bywash.core.session.Origin;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a group is in a partition.
 *
 * @param partition the partition
 * @param start the first offset there is; nothing if the partition does not tell, such as one without a leader
 * @param end the offset after the last record that is committed for readers; nothing if the partition does not tell
 * @param committed what the group has committed, if it has
 * @param member the client id and host of the member that has it, if one has
 */
public record PartitionOffsets(
        TopicPartition partition,
        OptionalLong start,
        OptionalLong end,
        Optional<Origin> committed,
        Optional<String> member) {

    /**
     * Returns how many offsets are waiting.
     *
     * @return the distance from what is committed, or from the start if that is later, to the end; nothing if nothing is committed, or
     *     the partition does not tell
     */
    public OptionalLong lag() {
        if (committed.isEmpty() || start.isEmpty() || end.isEmpty()) {
            return OptionalLong.empty();
        }
        long from = Math.max(start.getAsLong(), committed.get().offset());
        return OptionalLong.of(Math.max(0, end.getAsLong() - from));
    }
}
