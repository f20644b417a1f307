package io.bywash.core.poll;

import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.thread.Ticker;
import io.bywash.core.thread.Waiting;
import java.util.Collection;
import java.util.function.LongSupplier;

/**
 * Waits for the calls in flight of sessions that end. Of the time there is, calls may use seven tenths; then they are
 * interrupted and get one more; the rest is for the commit.
 */
final class Drain {
    private final Ticker ticker;
    private final Waiting waiting;

    Drain(Ticker ticker, Waiting waiting) {
        this.ticker = ticker;
        this.waiting = waiting;
    }

    /**
     * Stops the sessions and waits until they are quiet; returns when all are, or when only the time for the commit is left.
     *
     * @param deadline when all must be over; asked again and again, since the consumer may be stopped meanwhile
     */
    void await(Collection<PartitionSession> ending, LongSupplier deadline) {
        // All are told before any is waited for, so that they drain side by side.
        ending.forEach(PartitionSession::stop);
        long begin = ticker.nanos();
        if (areQuietWithin(ending, () -> begin + (deadline.getAsLong() - begin) / 10 * 7)) {
            return;
        }
        ending.stream()
                .map(PartitionSession::taker)
                .filter(taker -> !taker.isQuiet())
                .forEach(RecordTaker::interrupt);
        areQuietWithin(ending, () -> begin + (deadline.getAsLong() - begin) / 10 * 8);
    }

    private boolean areQuietWithin(Collection<PartitionSession> ending, LongSupplier end) {
        waiting.until(() -> areQuiet(ending) || ticker.nanos() - end.getAsLong() >= 0, end.getAsLong());
        return areQuiet(ending);
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
