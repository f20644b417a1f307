package io.bywash.core.poll;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Watches the calls that are under way: reports those that do not return, and ends those that take longer than an attempt may. It
 * looks at what the workers publish anyway, so it costs them nothing. Belongs to the poll thread.
 */
final class Watchdog {
    private static final long INTERVAL_NANOS = Duration.ofMillis(250).toNanos();

    /** A call is seen late by one look at most, and its end comes late by one more. */
    private static final int LOOKS_PER_ATTEMPT = 4;

    private static final long LEAST_INTERVAL_NANOS = Duration.ofMillis(1).toNanos();

    private final PollContext context;
    private final long stuckNanos;
    private final long attemptNanos;
    private final long intervalNanos;
    private final Function<String, String> handlers;
    private Map<PartitionSession, Map<CallInFlight.Id, Sighting>> sightings = new HashMap<>();
    private int inFlight;
    private long lastLook;

    /** A call, since when it has been seen, and whether it was reported. */
    static final class Sighting {
        private final CallInFlight call;
        private final long since;
        private boolean reported;

        Sighting(CallInFlight call, long since) {
            this.call = call;
            this.since = since;
        }

        CallInFlight call() {
            return call;
        }

        long since() {
            return since;
        }
    }

    /**
     * Creates a watchdog.
     *
     * @param handlers names the handler of a topic
     */
    Watchdog(PollContext context, Function<String, String> handlers) {
        this.context = context;
        this.stuckNanos = context.settings().timing().stuckAfter().toNanos();
        this.handlers = handlers;
        this.attemptNanos = context.settings()
                .failures()
                .attemptTimeout()
                .map(Duration::toNanos)
                .orElse(Long.MAX_VALUE);
        this.intervalNanos = Math.max(LEAST_INTERVAL_NANOS, Math.min(INTERVAL_NANOS, attemptNanos / LOOKS_PER_ATTEMPT));
        this.lastLook = context.now();
    }

    /** Returns the least of the time between two looks and another. */
    Duration intervalUpTo(Duration most) {
        return Duration.ofNanos(Math.min(most.toNanos(), intervalNanos));
    }

    /** Returns how long a poll may take: as long as it would like, but not beyond the next look if calls may be late by then. */
    Duration untilLookUpTo(Duration most) {
        if (attemptNanos == Long.MAX_VALUE) {
            return most;
        }
        long left = Math.max(0, lastLook + intervalNanos - context.now());
        return Duration.ofNanos(Math.min(most.toNanos(), left));
    }

    void turn(Collection<PartitionSession> sessions) {
        long now = context.now();
        if (now - lastLook < intervalNanos) {
            return;
        }
        lastLook = now;
        Map<PartitionSession, Map<CallInFlight.Id, Sighting>> seen = new HashMap<>();
        inFlight = 0;
        for (PartitionSession session : sessions) {
            List<CallInFlight> calls = session.taker().calls();
            inFlight += calls.size();
            if (!calls.isEmpty()) {
                seen.put(session, look(session, calls, now));
            }
        }
        sightings = seen;
    }

    private Map<CallInFlight.Id, Sighting> look(PartitionSession session, List<CallInFlight> calls, long now) {
        Map<CallInFlight.Id, Sighting> before = sightings.getOrDefault(session, Map.of());
        Map<CallInFlight.Id, Sighting> seen = new HashMap<>();
        for (CallInFlight call : calls) {
            Sighting sighting = before.getOrDefault(call.id(), new Sighting(call, now));
            look(session, sighting, now);
            seen.put(call.id(), sighting);
        }
        return seen;
    }

    private void look(PartitionSession session, Sighting sighting, long now) {
        CallInFlight call = sighting.call;
        if (now - sighting.since >= attemptNanos) {
            session.taker().timeOut(call.id());
        }
        if (!sighting.reported && now - sighting.since >= stuckNanos) {
            sighting.reported = true;
            context.events()
                    .publish(new GroupEvent.HandlerStuck(
                            new RecordPosition(session.partition(), call.id().offset()),
                            handlers.apply(session.partition().topic()),
                            Duration.ofNanos(now - sighting.since),
                            call.id().by(),
                            call.stack().get()));
        }
    }

    /** Returns the calls of a session that were under way at the last look, the oldest first. */
    List<Sighting> calls(PartitionSession session) {
        Map<CallInFlight.Id, Sighting> seen = sightings.getOrDefault(session, Map.of());
        if (seen.isEmpty()) {
            return List.of();
        }
        List<Sighting> calls = new ArrayList<>(seen.values());
        calls.sort(Comparator.comparingLong((Sighting sighting) -> sighting.since - lastLook)
                .thenComparingLong(sighting -> sighting.call.id().offset()));
        return calls;
    }

    /** Returns how many calls were under way at the last look. */
    int inFlight() {
        return inFlight;
    }
}
