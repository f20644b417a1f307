package io.bywash.core.poll;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.settings.Timing;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reports what does not move: calls that do not return, and partitions whose frontier stands although records wait. It looks at
 * what the workers publish anyway, so it costs them nothing. Belongs to the poll thread.
 */
final class Watchdog {
    private static final long INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

    private final PollContext context;
    private final Timing timing;
    private final Function<String, String> handlers;
    private final Map<PartitionSession, Mark> stands = new HashMap<>();
    private final Map<PartitionSession, Mark> calls = new HashMap<>();
    private long lastLook;

    /** What was seen of a session, since when, and what was reported of it. */
    private static final class Mark {
        private final long frontier;
        private final int failures;
        private final long callingAt;
        private final long since;
        private boolean stuckReported;
        private long stallReported;

        Mark(PartitionSession session, long now) {
            frontier = session.ledger().frontierOffset();
            failures = session.failed().map(FailedRecord::attempts).orElse(0);
            callingAt = session.taker().callingAt();
            since = now;
            stallReported = now;
        }

        boolean isSameStand(Mark other) {
            return frontier == other.frontier;
        }

        boolean isSameCall(Mark other) {
            return callingAt == other.callingAt && failures == other.failures;
        }
    }

    /**
     * Creates a watchdog.
     *
     * @param handlers names the handler of a topic
     */
    Watchdog(PollContext context, Function<String, String> handlers) {
        this.context = context;
        this.timing = context.settings().timing();
        this.handlers = handlers;
        this.lastLook = context.now();
    }

    void turn(Collection<PartitionSession> sessions) {
        long now = context.now();
        if (now - lastLook < INTERVAL_NANOS) {
            return;
        }
        lastLook = now;
        stands.keySet().retainAll(Set.copyOf(sessions));
        calls.keySet().retainAll(Set.copyOf(sessions));
        for (PartitionSession session : sessions) {
            Mark seen = new Mark(session, now);
            lookForStall(
                    session, stands.merge(session, seen, (old, fresh) -> old.isSameStand(fresh) ? old : fresh), now);
            lookForStuckCall(
                    session, calls.merge(session, seen, (old, fresh) -> old.isSameCall(fresh) ? old : fresh), now);
        }
    }

    private void lookForStall(PartitionSession session, Mark mark, long now) {
        long waiting = session.queue().waitingRecords();
        if (waiting == 0) {
            stands.remove(session);
        } else if (now - mark.stallReported >= timing.stallAfter().toNanos()) {
            mark.stallReported = now;
            context.events()
                    .publish(new GroupEvent.PartitionStalled(
                            new RecordPosition(session.partition(), mark.frontier),
                            waiting,
                            Duration.ofNanos(now - mark.since),
                            Set.copyOf(session.pauseReasons())));
        }
    }

    private void lookForStuckCall(PartitionSession session, Mark mark, long now) {
        boolean calling = mark.callingAt != RecordTaker.NO_CALL;
        if (calling
                && !mark.stuckReported
                && now - mark.since >= timing.stuckAfter().toNanos()) {
            mark.stuckReported = true;
            context.events()
                    .publish(new GroupEvent.HandlerStuck(
                            new RecordPosition(session.partition(), mark.callingAt),
                            handlers.apply(session.partition().topic()),
                            Duration.ofNanos(now - mark.since),
                            session.taker().name(),
                            session.taker().stack()));
        }
    }
}
