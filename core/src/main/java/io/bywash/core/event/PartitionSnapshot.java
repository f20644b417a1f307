package io.bywash.core.event;

import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Where one partition stands.
 *
 * @param partition the partition
 * @param committed the offset the broker holds for the group
 * @param frontier the first record that is not complete, or the position after the last one delivered
 * @param position where the client reads on
 * @param logEnd the end of the log as last heard, or -1 if it was not heard yet
 * @param buffered records that were delivered and are not complete
 * @param pauseReasons why it is not fetched; empty if it is
 * @param why the details of what keeps it from moving on, for a person; empty if nothing does
 */
public record PartitionSnapshot(
        TopicPartition partition,
        long committed,
        long frontier,
        long position,
        long logEnd,
        long buffered,
        Set<PauseReason> pauseReasons,
        String why) {

    /**
     * Returns how many offsets lie between the frontier and the end of the log.
     *
     * @return the lag; 0 if the end is not known
     */
    public long lag() {
        return Math.max(0, logEnd - frontier);
    }
}
