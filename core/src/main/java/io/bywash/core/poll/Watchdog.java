package io.bywash.core.poll;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.Timing;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Reports what does not move: calls that do not return, and partitions whose frontier stands although records wait; and ends calls
 * that take longer than an attempt may. It looks at
 * what the workers publish anyway, so it costs them nothing. Belongs to the poll thread.
 */
final class Watchdog {
    private static final long INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

    /** A call is noticed late by one look at most, so an attempt may take that much longer than it should. */
    private static final int LOOKS_PER_ATTEMPT = 4;

    private final PollContext context;
    private final Timing timing;
    private final long attemptNanos;
    private final long intervalNanos;
    private final Function<String, String> handlers;
    private final Map<PartitionSession, Stand> stands = new HashMap<>();
    private Map<Sighting, Watch> calls = new HashMap<>();
    private long lastLook;

    /** Where a frontier was seen, since when, and when it was last reported. */
    private static final class Stand {
        private final long frontier;
        private final long since;
        private long reported;

        Stand(long frontier, long now) {
            this.frontier = frontier;
            this.since = now;
            this.reported = now;
        }
    }

    /** A call as it was seen. */
    private record Sighting(PartitionSession session, CallInFlight.Id call) {}

    /** Since when a call has been seen, and whether it was reported. */
    private static final class Watch {
        private final long since;
        private boolean reported;

        Watch(long now) {
            since = now;
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
        this.attemptNanos = context.settings()
                .failures()
                .attemptTimeout()
                .map(Duration::toNanos)
                .orElse(Long.MAX_VALUE);
        this.intervalNanos = Math.min(INTERVAL_NANOS, attemptNanos / LOOKS_PER_ATTEMPT);
        this.lastLook = context.now();
    }

    void turn(Collection<PartitionSession> sessions) {
        long now = context.now();
        if (now - lastLook < intervalNanos) {
            return;
        }
        lastLook = now;
        stands.keySet().retainAll(Set.copyOf(sessions));
        Map<Sighting, Watch> seen = new HashMap<>();
        for (PartitionSession session : sessions) {
            lookForStall(session, now);
            for (CallInFlight call : session.taker().calls()) {
                Sighting sighting = new Sighting(session, call.id());
                Watch watch = calls.getOrDefault(sighting, new Watch(now));
                look(sighting, call, watch, now);
                seen.put(sighting, watch);
            }
        }
        calls = seen;
    }

    private void lookForStall(PartitionSession session, long now) {
        long waiting = session.queue().waitingRecords();
        if (waiting == 0) {
            stands.remove(session);
            return;
        }
        Stand here = new Stand(session.ledger().frontierOffset(), now);
        Stand stand = stands.merge(session, here, (old, fresh) -> old.frontier == fresh.frontier ? old : fresh);
        if (now - stand.reported >= timing.stallAfter().toNanos()) {
            stand.reported = now;
            context.events()
                    .publish(new GroupEvent.PartitionStalled(
                            new RecordPosition(session.partition(), stand.frontier),
                            waiting,
                            Duration.ofNanos(now - stand.since),
                            Set.copyOf(session.pauseReasons())));
        }
    }

    private void look(Sighting sighting, CallInFlight call, Watch watch, long now) {
        PartitionSession session = sighting.session();
        if (now - watch.since >= attemptNanos) {
            session.taker().timeOut(call.id());
        }
        if (!watch.reported && now - watch.since >= timing.stuckAfter().toNanos()) {
            watch.reported = true;
            context.events()
                    .publish(new GroupEvent.HandlerStuck(
                            new RecordPosition(session.partition(), call.id().offset()),
                            handlers.apply(session.partition().topic()),
                            Duration.ofNanos(now - watch.since),
                            call.id().by(),
                            call.stack().get()));
        }
    }
}
