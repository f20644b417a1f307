package io.bywash.simulation.oracle;

import io.bywash.simulation.schedule.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Judges whether anything waits although it could go on: a wake-up that is lost shows so, even where another one follows. */
final class PromptJudge {
    private static final long GLANCE_NANOS = Duration.ofMillis(5).toNanos();
    /** Much more than it takes all threads of a process to have their turns. */
    private static final Duration SOON = Duration.ofMillis(250);

    private final Truth truth;
    private final CallJudge calls;
    private final HandoverJudge handovers;
    private final Members members;
    private final VirtualClock clock;
    private final Map<Ownership, Waiting> waiting = new HashMap<>();
    private long lastGlance;

    /** A record that waits for nothing but a lane. */
    private record Waiting(long offset, long since) {}

    PromptJudge(Truth truth, CallJudge calls, HandoverJudge handovers, Members members, VirtualClock clock) {
        this.truth = truth;
        this.calls = calls;
        this.handovers = handovers;
        this.members = members;
        this.clock = clock;
    }

    /** Looks at everyone's records. Called after every step. */
    void look() {
        long now = clock.now();
        if (now - lastGlance < GLANCE_NANOS) {
            return;
        }
        lastGlance = now;
        waiting.keySet().removeIf(Ownership::isOver);
        for (Ownership owner : truth.owners()) {
            Optional<Long> callable = mayCall(owner) ? owner.callable() : Optional.empty();
            if (callable.isPresent()) {
                waits(owner, callable.get(), now);
            } else {
                waiting.remove(owner);
            }
        }
    }

    private boolean mayCall(Ownership owner) {
        String process = owner.client();
        return calls.isAtWork(owner)
                && handovers.isStaying(process)
                && members.of(process).hasLaneLeft(calls.inFlight(process), calls.inFlight(owner.place()));
    }

    private void waits(Ownership owner, long offset, long now) {
        Waiting before = waiting.get(owner);
        if (before == null || before.offset() != offset) {
            waiting.put(owner, new Waiting(offset, now));
        } else if (now - before.since() > SOON.toNanos()) {
            truth.report(
                    Invariant.PROMPT,
                    owner + ": " + offset + " waits for "
                            + Duration.ofNanos(now - before.since()).toMillis()
                            + " ms, although nothing keeps it from being called");
        }
    }
}
