package io.bywash.core.poll;

import io.bywash.core.event.PauseReason;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Buffers;
import io.bywash.core.thread.Ticker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides at every turn which partitions are fetched. The reasons of each are worked out anew from what is so now, so a pause
 * cannot outlive its cause, and a partition that comes back cannot inherit one. Belongs to the poll thread, apart from the wishes
 * of operators, which any thread may state.
 */
final class Pauses {
    private final Buffers buffers;
    private final Ticker ticker;
    private final Map<TopicPartition, Long> byOperator = new ConcurrentHashMap<>();
    private boolean memoryFull;
    private long memoryFullSince;

    Pauses(Buffers buffers, Ticker ticker) {
        this.buffers = buffers;
        this.ticker = ticker;
    }

    void pause(Collection<TopicPartition> partitions) {
        long now = ticker.nanos();
        partitions.forEach(partition -> byOperator.putIfAbsent(partition, now));
    }

    void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(byOperator::remove);
    }

    /** Returns since when an operator has wanted a partition paused. */
    Optional<Long> pausedByOperatorSince(TopicPartition partition) {
        return Optional.ofNullable(byOperator.get(partition));
    }

    /** Returns since when partitions that hold records have been paused for want of memory. */
    Optional<Long> memoryFullSince() {
        return memoryFull ? Optional.of(memoryFullSince) : Optional.empty();
    }

    /**
     * Brings the client in line.
     *
     * @param consumer the client
     * @param sessions the open sessions
     * @param forAll reasons that hold for every partition
     * @return whether any partition is paused now
     */
    boolean turn(Consumer<byte[], byte[]> consumer, Collection<PartitionSession> sessions, Set<PauseReason> forAll) {
        boolean wasFull = memoryFull;
        memoryFull = memoryIsFull(sessions);
        if (memoryFull && !wasFull) {
            memoryFullSince = ticker.nanos();
        }
        Set<TopicPartition> paused = consumer.paused();
        List<TopicPartition> toPause = new ArrayList<>(0);
        List<TopicPartition> toResume = new ArrayList<>(0);
        int count = 0;
        for (PartitionSession session : sessions) {
            Set<PauseReason> reasons = session.pauseReasons();
            work(session, reasons, forAll);
            boolean isPaused = paused.contains(session.partition());
            if (!reasons.isEmpty()) {
                count++;
                if (!isPaused) {
                    toPause.add(session.partition());
                }
            } else if (isPaused) {
                toResume.add(session.partition());
            }
        }
        if (!toPause.isEmpty()) {
            consumer.pause(toPause);
        }
        if (!toResume.isEmpty()) {
            consumer.resume(toResume);
        }
        return count > 0;
    }

    private void work(PartitionSession session, Set<PauseReason> reasons, Set<PauseReason> forAll) {
        boolean wasFull = reasons.contains(PauseReason.BUFFER_FULL);
        reasons.clear();
        reasons.addAll(forAll);
        long waiting = session.queue().waitingRecords();
        if (waiting >= buffers.recordsPerPartition() || (wasFull && waiting > buffers.recordsPerPartition() / 2)) {
            reasons.add(PauseReason.BUFFER_FULL);
            if (session.obstacle() instanceof Obstacle.Hindered hindered) {
                reasons.add(hindered.reason());
            }
        }
        // One with nothing in the buffer may always fetch, or a partition that holds all the memory would stop the
        // others.
        if (memoryFull && session.queue().waitingBytes() > 0) {
            reasons.add(PauseReason.MEMORY);
        }
        if (session.obstacle() instanceof Obstacle.Blocked blocked) {
            reasons.add(blocked.reason());
        }
        if (session.obstacle() instanceof Obstacle.Barred barred) {
            reasons.add(barred.reason());
        }
        if (session.positionObstacle() instanceof Obstacle.Barred barred) {
            reasons.add(barred.reason());
        }
        if (byOperator.containsKey(session.partition())) {
            reasons.add(PauseReason.OPERATOR);
        }
    }

    private boolean memoryIsFull(Collection<PartitionSession> sessions) {
        long bytes = 0;
        for (PartitionSession session : sessions) {
            bytes += session.queue().waitingBytes();
        }
        return bytes >= buffers.bytes() || (memoryFull && bytes > buffers.bytes() / 2);
    }
}
