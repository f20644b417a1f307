package io.bywash.simulation.oracle;

import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** How a client gives partitions up: in a rebalance, or all of them since it was asked to stop. */
final class Farewell {
    private final Set<TopicPartition> going;
    private final long began;
    private final long patience;
    private Stage stage = Stage.DRAINING;
    private boolean commitFailed;
    private boolean cutShort;

    private enum Stage {
        DRAINING,
        COMMITTING,
        OVER
    }

    /**
     * Begins.
     *
     * @param going what is given up, if that is known
     * @param began when
     * @param time how long all of it may take
     */
    Farewell(Set<TopicPartition> going, long began, Duration time) {
        this.going = going;
        this.began = began;
        // Calls get seven tenths of the time before they are interrupted; until then there is no reason to give one up.
        this.patience = time.toNanos() / 10 * 7;
    }

    Set<TopicPartition> going() {
        return going;
    }

    long began() {
        return began;
    }

    boolean isDraining() {
        return stage == Stage.DRAINING;
    }

    boolean isCommitting() {
        return stage == Stage.COMMITTING;
    }

    boolean isOver() {
        return stage == Stage.OVER;
    }

    void drained() {
        stage = Stage.COMMITTING;
    }

    void end() {
        stage = Stage.OVER;
    }

    void commitFailed() {
        commitFailed = true;
    }

    boolean hasFailedToCommit() {
        return commitFailed;
    }

    /** Notes that there is less time than there was at the beginning. */
    void cutShort() {
        cutShort = true;
    }

    /** Tells whether all calls could have come to their end. */
    boolean hadTimeAt(long now) {
        return !cutShort && now - began < patience;
    }
}
