package io.bywash.core.poll;

import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.snapshot.CallSnapshot;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.core.snapshot.WaitingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is remembered of one session from one look to the next: since when things are as they are. Belongs to the poll thread, except
 * for what is said otherwise.
 */
final class PartitionView {
    private final PartitionSession session;
    private volatile long logEnd = -1;
    private volatile Optional<PartitionSnapshot> latest = Optional.empty();
    private volatile Optional<Long> standing = Optional.empty();

    private long frontier;
    private long position;
    private Optional<Long> ahead = Optional.empty();
    private OptionalLong waitingFrom = OptionalLong.empty();
    private long reported;

    PartitionView(PartitionSession session) {
        this.session = session;
        this.frontier = session.ledger().frontierOffset();
        this.position = session.ledger().deliveredNext();
    }

    /** Returns what was seen at the last look. May be called from any thread. */
    Optional<PartitionSnapshot> latest() {
        return latest;
    }

    /** Returns since when the frontier has not moved although records wait; a time of the ticker. May be called from any thread. */
    Optional<Long> standing() {
        return standing;
    }

    PartitionSession session() {
        return session;
    }

    /** Notes the end of the log. May be called from any thread. */
    void heard(long end) {
        // Two threads may write this, and a smaller end only comes from the one that asked earlier.
        logEnd = Math.max(logEnd, end);
    }

    /** What is looked at, and how it was found. */
    record Look(Moment moment, List<Watchdog.Sighting> calls, Function<Facts, Condition> diagnosis, String handler) {}

    /** Asks the client where the log ends, whose knowledge stands still while the partition is paused. */
    void ask(Consumer<byte[], byte[]> consumer) {
        if (session.pauseReasons().isEmpty()) {
            long next = session.ledger().deliveredNext();
            consumer.currentLag(session.partition()).ifPresent(lag -> logEnd = next + lag);
        }
    }

    /** Looks at the partition; returns the snapshot of the last look if nothing has changed. */
    PartitionSnapshot take(Look look) {
        // First of all: the worker publishes it after all that came before it.
        Obstacle seen = session.obstacle();
        long oldFrontier = frontier;
        long oldPosition = position;
        frontier = session.ledger().frontierOffset();
        position = session.ledger().deliveredNext();
        Obstacle obstacle = isOver(seen) ? Obstacle.NONE : seen;
        // The end may have been heard of long ago.
        long end = logEnd < 0 ? logEnd : Math.max(logEnd, position);
        if (isStillIdle(look, frontier == oldFrontier && position == oldPosition, end)) {
            return latest.orElseThrow();
        }
        long buffered = session.queue().waitingRecords();
        boolean moved = frontier != oldFrontier;
        long now = look.moment().now();
        standing = buffered == 0 && frontier >= position
                ? Optional.empty()
                : standing.filter(since -> !moved).or(() -> Optional.of(now));
        boolean fetched = position != oldPosition || !session.pauseReasons().isEmpty();
        ahead = end <= position
                ? Optional.empty()
                : ahead.filter(since -> !fetched).or(() -> Optional.of(now));
        Facts facts = new Facts(
                session, obstacle, new Facts.Offsets(frontier, position, end), buffered, standing, ahead, look.calls());
        PartitionSnapshot taken = new PartitionSnapshot(
                session.partition(),
                look.handler(),
                session.commits().committed(),
                frontier,
                position,
                end,
                buffered,
                behind(look.moment().instant(), buffered, moved),
                Set.copyOf(session.pauseReasons()),
                look.diagnosis().apply(facts),
                waiting(obstacle),
                waitingCount(obstacle, buffered),
                calls(look));
        latest = Optional.of(taken);
        return taken;
    }

    /** Most of many partitions are idle most of the time. */
    private boolean isStillIdle(Look look, boolean still, long end) {
        return still
                && latest.filter(last -> last.condition() instanceof Condition.Idle
                                && last.logEnd() == end
                                && last.committed() == session.commits().committed()
                                && last.pauseReasons().equals(session.pauseReasons()))
                        .isPresent()
                && session.queue().waitingRecords() == 0
                && session.obstacle() instanceof Obstacle.None
                && session.positionObstacle() instanceof Obstacle.None
                && look.calls().isEmpty()
                && look.moment().closing().isEmpty()
                && (look.moment().commits().isEmpty()
                        || frontier <= session.commits().committed());
    }

    private Duration behind(Instant now, long buffered, boolean moved) {
        OptionalLong fromQueue = session.queue().timestampAt(frontier);
        if (buffered > 0 || frontier < position) {
            OptionalLong exact = session.taker().first().stream()
                    .filter(record -> record.offset() >= frontier)
                    .mapToLong(ConsumerRecord::timestamp)
                    .filter(millis -> millis >= 0)
                    .findFirst();
            waitingFrom = exact.isPresent() ? exact : fromQueue;
        } else if (logEnd <= position) {
            waitingFrom = OptionalLong.empty();
        } else if (moved) {
            waitingFrom = session.queue().lastTimestamp();
        } else if (waitingFrom.isEmpty()) {
            waitingFrom = OptionalLong.of(now.toEpochMilli());
        }
        long millis = waitingFrom.isEmpty() ? 0 : now.toEpochMilli() - waitingFrom.getAsLong();
        return Duration.ofMillis(Math.max(0, millis));
    }

    private boolean isOver(Obstacle seen) {
        return seen instanceof Obstacle.Blocked blocked && blocked.record().offset() < frontier;
    }

    private static List<WaitingRecord> waiting(Obstacle obstacle) {
        if (obstacle instanceof Obstacle.Blocked blocked) {
            return List.of(blocked.record());
        }
        return obstacle instanceof Obstacle.Hindered hindered ? hindered.records() : List.of();
    }

    private long waitingCount(Obstacle obstacle, long buffered) {
        if (obstacle instanceof Obstacle.Blocked) {
            return buffered;
        }
        return obstacle instanceof Obstacle.Hindered hindered
                ? Math.max(hindered.count(), session.taker().heldBack())
                : 0;
    }

    private static List<CallSnapshot> calls(Look look) {
        return look.calls().stream()
                .limit(PartitionSnapshot.MOST_CALLS)
                .map(sighting -> new CallSnapshot(
                        sighting.call().id().offset(),
                        sighting.call().id().failures() + 1,
                        look.moment().at(sighting.since()),
                        sighting.call().id().by(),
                        sighting.call().stack()))
                .toList();
    }

    /** Tells whether it is time to report that the partition stands, and takes it for reported then. */
    boolean isToBeReported(Moment moment, Duration stallAfter) {
        if (standing.isEmpty()) {
            return false;
        }
        long since = standing.get();
        long last = reported - since > 0 ? reported : since;
        boolean due = moment.isPast(last, stallAfter);
        if (due) {
            reported = moment.now();
        }
        return due;
    }
}
