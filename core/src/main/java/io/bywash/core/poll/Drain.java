package io.bywash.core.poll;

import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.thread.Ticker;
import io.bywash.core.thread.Waiting;
import java.time.Duration;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits for the calls in flight of sessions that end. Of the time there is, calls may use seven tenths; then they are
 * interrupted and get one more; the rest is for the commit. Belongs to the poll thread, which goes on looking after the other calls
 * while it waits here: partitions that stay are not to feel it.
 */
final class Drain {
    private final Ticker ticker;
    private final Waiting waiting;
    private final long betweenLooksNanos;
    private final Runnable look;

    /**
     * Creates a drain.
     *
     * @param betweenLooks how long the other calls may be left alone
     * @param look looks after those of partitions that stay
     */
    Drain(PollContext context, Duration betweenLooks, Runnable look) {
        this.ticker = context.ticker();
        this.waiting = context.environment().waiting();
        this.betweenLooksNanos = betweenLooks.toNanos();
        this.look = look;
    }

    /**
     * Stops the sessions and waits until they are quiet; returns when all are, or when only the time for the commit is left.
     *
     * @param limit when everything must be over, the commit included; it may come closer meanwhile
     */
    void await(Collection<PartitionSession> ending, LongSupplier limit) {
        // All are told before any is waited for, so that they drain side by side.
        ending.forEach(PartitionSession::stop);
        long begin = ticker.nanos();
        if (quietBy(ending, () -> tenths(begin, limit.getAsLong(), 7))) {
            return;
        }
        ending.stream()
                .map(PartitionSession::taker)
                .filter(taker -> !taker.isQuiet())
                .forEach(RecordTaker::interrupt);
        quietBy(ending, () -> tenths(begin, limit.getAsLong(), 8));
    }

    private boolean quietBy(Collection<PartitionSession> ending, LongSupplier deadline) {
        BooleanSupplier over = () -> areQuiet(ending) || ticker.nanos() - deadline.getAsLong() >= 0;
        while (!over.getAsBoolean()) {
            long next = ticker.nanos() + betweenLooksNanos;
            long last = deadline.getAsLong();
            waiting.until(over, next - last < 0 ? next : last);
            look.run();
        }
        return areQuiet(ending);
    }

    private static long tenths(long begin, long limit, int count) {
        return begin + (limit - begin) / 10 * count;
    }

    static boolean areQuiet(Collection<PartitionSession> sessions) {
        for (PartitionSession session : sessions) {
            if (!session.taker().isQuiet()) {
                return false;
            }
        }
        return true;
    }
}
