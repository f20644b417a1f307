package io.bywash.core.poll;

import io.bywash.core.settings.Backoff;
import io.bywash.core.thread.Next;
import java.time.Duration;

/**
 * How long the loop keeps from polling after failures in a row. It goes on turning meanwhile, since the calls that run are looked
 * after by its turns. Belongs to the poll thread.
 */
final class Rest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), 2, 0.2);

    private final PollContext context;
    private final Duration most;
    private final long betweenTurnsNanos;
    private int failures;
    private long until;

    /**
     * Creates a rest that is over.
     *
     * @param betweenTurns how long the loop may sleep at a time
     */
    Rest(PollContext context, Duration betweenTurns) {
        this.context = context;
        this.betweenTurnsNanos = betweenTurns.toNanos();
        // A quarter, so that what else a turn does still fits into half of the interval.
        this.most = Duration.ofMillis(context.settings().kafka().maxPollIntervalMs() / 4);
        this.until = context.now();
    }

    /** Begins, for longer than the last time; returns when the next turn is due. */
    Next begin() {
        failures++;
        Duration wait = BACKOFF.after(failures, context.environment().random());
        until = context.now() + (wait.compareTo(most) < 0 ? wait : most).toNanos();
        return next();
    }

    boolean isOver() {
        return context.now() - until >= 0;
    }

    /** Returns when the next turn is due, be it one that polls or one that does not. */
    Next next() {
        long turn = context.now() + betweenTurnsNanos;
        return Next.at(turn - until < 0 ? turn : until);
    }

    /** Returns how many polls in a row have failed. */
    int failures() {
        return failures;
    }

    /** Notes that a poll succeeded. */
    void forget() {
        failures = 0;
    }
}
