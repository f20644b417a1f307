package io.bywash.core.snapshot;

import io.bywash.core.event.PauseReason;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Where one partition stands.
 *
 * @param partition the partition
 * @param handler the name of the handler of its topic; empty if the application reads by itself
 * @param committed the offset the broker holds for the group; -1 if it is not known yet
 * @param frontier the first record that is not complete, or the position after the last one delivered; -1 if it is not known yet
 * @param position where the client reads on; -1 if it is not known yet
 * @param logEnd the end of the log as last heard, or -1 if it was not heard yet
 * @param buffered records that were delivered and are not complete
 * @param behind how old the first record is that is not complete, by its timestamp; if all that wait are still in the log, the
 *     timestamp is that of the last one that was delivered as long as some are, and else the time when they were first known of; zero
 *     if none waits
 * @param pauseReasons why it is not fetched; empty if it is
 * @param condition whether it moves on, has nothing to do, or is held up by what
 * @param waiting records that failed and wait for something, by offset; those of the lowest offsets if they are more than
 *     {@value #MOST_WAITING}
 * @param waitingCount how many records failed and wait, and wait behind these for their key or partition
 * @param calls calls of the handler that are under way, the oldest first; the oldest {@value #MOST_CALLS} if they are more
 */
public record PartitionSnapshot(
        TopicPartition partition,
        String handler,
        long committed,
        long frontier,
        long position,
        long logEnd,
        long buffered,
        Duration behind,
        Set<PauseReason> pauseReasons,
        Condition condition,
        List<WaitingRecord> waiting,
        long waitingCount,
        List<CallSnapshot> calls) {

    /** How many waiting records a snapshot names at most. */
    public static final int MOST_WAITING = 100;

    /** How many calls a snapshot names at most. */
    public static final int MOST_CALLS = 100;

    /**
     * Returns how many offsets lie between the frontier and the end of the log.
     *
     * @return the lag; 0 if the end is not known
     */
    public long lag() {
        return Math.max(0, logEnd - frontier);
    }

    /**
     * Returns how much of the lag more processes could help with: all of it but what failed and waits, and nothing if the whole
     * partition waits for something that only time or an operator can change. Lanes that are busy are not of that kind.
     *
     * @return records, about
     */
    public long backlog() {
        boolean waits =
                condition instanceof Condition.Held held && held.isWhole() && held.cause() != HoldCause.LANES_BUSY;
        boolean isPaused = pauseReasons.contains(PauseReason.OPERATOR);
        return waits || isPaused ? 0 : Math.max(0, lag() - waitingCount);
    }

    /**
     * Returns the details of what keeps the partition from moving on, for a person.
     *
     * @return empty if nothing does
     */
    public String why() {
        return condition instanceof Condition.Held held ? held.why() : "";
    }
}
