package io.bywash.core.poll;

import io.bywash.core.event.PauseReason;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Buffers;
import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
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
 *
 * <p>Of thousands of partitions few have records waiting at a time. A turn looks at those and at the paused ones alone, and at all of
 * them ten times a second and whenever a wish or the partitions have changed.
 */
final class Pauses {
    private static final long ALL_NANOS = Duration.ofMillis(100).toNanos();

    private final Buffers buffers;
    private final Ticker ticker;
    private final Sessions sessions;
    private final Map<TopicPartition, Long> byOperator = new ConcurrentHashMap<>();
    private volatile boolean wishesChanged;

    /** The sessions to look at in the next turn. */
    private final Set<PartitionSession> watched = new LinkedHashSet<>();

    /**
     * What the client has paused, as of the last look at all and what was done since. A partition that was given away and comes back
     * is paused no more, so there must be a look at all whenever one comes.
     */
    private Set<TopicPartition> paused = new HashSet<>();

    private long lookedAtAll;
    private long epochAtAll = -1;
    private boolean memoryFull;
    private long memoryFullSince;

    Pauses(Buffers buffers, Ticker ticker, Sessions sessions) {
        this.buffers = buffers;
        this.ticker = ticker;
        this.sessions = sessions;
    }

    void pause(Collection<TopicPartition> partitions) {
        long now = ticker.nanos();
        partitions.forEach(partition -> byOperator.putIfAbsent(partition, now));
        wishesChanged = true;
    }

    void resume(Collection<TopicPartition> partitions) {
        partitions.forEach(byOperator::remove);
        wishesChanged = true;
    }

    /** Returns since when an operator has wanted a partition paused. */
    Optional<Long> pausedByOperatorSince(TopicPartition partition) {
        return Optional.ofNullable(byOperator.get(partition));
    }

    /** Returns since when partitions that hold records have been paused for want of memory. */
    Optional<Long> memoryFullSince() {
        return memoryFull ? Optional.of(memoryFullSince) : Optional.empty();
    }

    /** Has the next turn look at a session, since records of it wait. */
    void delivered(PartitionSession session) {
        watched.add(session);
    }

    /** Pauses everything for good, since nothing more is to be taken. */
    void pauseAll(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> all = new HashSet<>();
        for (PartitionSession session : sessions.all()) {
            session.pauseReasons().clear();
            session.pauseReasons().add(PauseReason.CLOSING);
            all.add(session.partition());
        }
        all.removeAll(consumer.paused());
        if (!all.isEmpty()) {
            consumer.pause(all);
        }
    }

    /** Brings the client in line; returns whether any partition is paused now. */
    boolean turn(Consumer<byte[], byte[]> consumer) {
        if (beginsWithAll()) {
            watched.addAll(sessions.all());
            paused = new HashSet<>(consumer.paused());
        }
        watched.removeIf(session -> !sessions.has(session));
        lookAtMemory();
        List<TopicPartition> toPause = new ArrayList<>(0);
        List<TopicPartition> toResume = new ArrayList<>(0);
        for (Iterator<PartitionSession> rest = watched.iterator(); rest.hasNext(); ) {
            PartitionSession session = rest.next();
            Set<PauseReason> reasons = session.pauseReasons();
            work(session, reasons);
            if (!reasons.isEmpty()) {
                if (paused.add(session.partition())) {
                    toPause.add(session.partition());
                }
                continue;
            }
            if (paused.remove(session.partition())) {
                toResume.add(session.partition());
            }
            if (session.queue().waitingRecords() == 0) {
                rest.remove();
            }
        }
        if (!toPause.isEmpty()) {
            consumer.pause(toPause);
        }
        if (!toResume.isEmpty()) {
            consumer.resume(toResume);
        }
        return !paused.isEmpty();
    }

    /** Decides whether this turn looks at all, and notes it. */
    private boolean beginsWithAll() {
        long now = ticker.nanos();
        boolean isTime = wishesChanged || sessions.lastEpoch() != epochAtAll || now - lookedAtAll >= ALL_NANOS;
        if (isTime) {
            // Cleared before the wishes are looked at: one that comes after this sets it again.
            wishesChanged = false;
            epochAtAll = sessions.lastEpoch();
            lookedAtAll = now;
        }
        return isTime;
    }

    private void work(PartitionSession session, Set<PauseReason> reasons) {
        boolean wasFull = reasons.contains(PauseReason.BUFFER_FULL);
        reasons.clear();
        long waiting = session.queue().waitingRecords();
        if (waiting >= buffers.recordsPerPartition() || (wasFull && waiting > buffers.recordsPerPartition() / 2)) {
            reasons.add(PauseReason.BUFFER_FULL);
        }
        // One with nothing in the buffer may always fetch, or a partition that holds all the memory would stop the
        // others.
        if (memoryFull && session.queue().waitingBytes() > 0) {
            reasons.add(PauseReason.MEMORY);
        }
        // What keeps the buffer from getting empty.
        if (!reasons.isEmpty() && session.obstacle() instanceof Obstacle.Hindered hindered) {
            reasons.add(hindered.reason());
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

    private void lookAtMemory() {
        // Those that are not watched hold nothing.
        long bytes = 0;
        for (PartitionSession session : watched) {
            bytes += session.queue().waitingBytes();
        }
        boolean wasFull = memoryFull;
        memoryFull = isFull(bytes);
        if (memoryFull && !wasFull) {
            memoryFullSince = ticker.nanos();
        }
    }

    private boolean isFull(long bytes) {
        return bytes >= buffers.bytes() || (memoryFull && bytes > buffers.bytes() / 2);
    }
}
