package io.bywash.core.pull;

import io.bywash.core.thread.Bell;
import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What all streams of a reader have in common: elements that a thread of the application waits for, one thread at a time, until the
 * feed is over or closed. {@link #close} may come from any thread.
 */
final class Feed<T> {
    private final String what;
    private final Ticker ticker;
    private final Bell bell;
    private final Supply<T> supply;
    private final AtomicReference<@Nullable Thread> reading = new AtomicReference<>();
    private volatile boolean closed;

    // Of the reading thread.
    private Optional<T> ahead = Optional.empty();
    private boolean supplyClosed;

    /** Creates a feed; {@code what} names it in messages, and {@code bell} is rung whenever the supply has changed. */
    Feed(String what, Ticker ticker, Bell bell, Supply<T> supply) {
        this.what = what;
        this.ticker = ticker;
        this.bell = bell;
        this.supply = supply;
    }

    /** Waits for an element; nothing if none came in time, the feed is over or closed, or the thread is interrupted. */
    Optional<T> poll(Duration timeout) {
        return poll(TimeUnit.NANOSECONDS.convert(timeout));
    }

    private Optional<T> poll(long nanos) {
        if (!enter()) {
            return Optional.empty();
        }
        try {
            fill(nanos);
            Optional<T> element = ahead;
            ahead = Optional.empty();
            return element;
        } finally {
            leave();
        }
    }

    private boolean hasNext() {
        if (!enter()) {
            return false;
        }
        try {
            fill(Long.MAX_VALUE);
            return ahead.isPresent();
        } finally {
            leave();
        }
    }

    /** Looks for an element, and waits for one as long as there is none and may be one. */
    private void fill(long nanos) {
        long deadline = ticker.nanos() + nanos;
        while (!closed && !Thread.currentThread().isInterrupted()) {
            bell.clear();
            // What was looked at before may be of an ownership that is over, or of before a jump.
            ahead = ahead.filter(supply::isCurrent).or(supply::take);
            long left = deadline - ticker.nanos();
            if (ahead.isPresent() || supply.isOver() || left <= 0) {
                return;
            }
            bell.await(left);
        }
        // What was looked at and not taken stays for the thread that comes after an interrupt, but not beyond the end.
        if (closed) {
            ahead = Optional.empty();
        }
    }

    Iterator<T> iterator() {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return Feed.this.hasNext();
            }

            @Override
            public T next() {
                return poll(Long.MAX_VALUE)
                        .orElseThrow(
                                () -> new NoSuchElementException(what + " is over, or its thread was interrupted"));
            }
        };
    }

    void close() {
        closed = true;
        bell.ring();
        closeSupply();
    }

    boolean isClosed() {
        return closed;
    }

    /** Makes the current thread the reading one; false if the feed is closed instead. */
    private boolean enter() {
        Thread current = Thread.currentThread();
        Thread other = reading.compareAndExchange(null, current);
        if (other != null && !closed) {
            throw new IllegalStateException(what + " is being read by " + other + ", and " + current
                    + " wants to read it too; let one thread read it and hand the records on");
        }
        return other == null;
    }

    private void leave() {
        reading.set(null);
        if (closed) {
            closeSupply();
        }
    }

    /** Closes the supply unless a thread is reading, which then does so when it leaves. */
    private void closeSupply() {
        if (reading.compareAndSet(null, Thread.currentThread())) {
            try {
                if (!supplyClosed) {
                    supplyClosed = true;
                    supply.close();
                }
            } finally {
                reading.set(null);
            }
        }
    }
}
