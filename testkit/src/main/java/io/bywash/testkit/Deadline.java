package io.bywash.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The instant at which a call of the kit gives up. Any thread. */
final class Deadline {

    /** Short beside the milliseconds that a broker needs for anything, long enough to cost no processor time. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Duration timeout;
    private final long endNanos;

    private Deadline(Duration timeout) {
        this.timeout = timeout;
        this.endNanos = System.nanoTime() + timeout.toNanos();
    }

    static Deadline after(Duration timeout) {
        return new Deadline(timeout);
    }

    /** What is left, never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    boolean passed() {
        return remaining().isZero();
    }

    /** Waits until {@code condition} holds; {@code what} is only asked for when it does not in time. */
    void await(BooleanSupplier condition, Supplier<String> what) {
        while (!condition.getAsBoolean()) {
            if (passed()) {
                throw new EmbeddedKafkaException(what.get() + " after " + seconds() + ".");
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                throw interrupted(what.get(), e);
            }
        }
    }

    /** The result of {@code future}; its failure is thrown as one of {@code what}. */
    <T> T get(Future<T> future, String what) {
        try {
            return future.get(remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new EmbeddedKafkaException(what + " took longer than " + seconds() + ".", e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            if (cause instanceof EmbeddedKafkaException failure) {
                throw failure;
            }
            throw new EmbeddedKafkaException(what + " failed: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        }
    }

    String seconds() {
        return timeout.toMillis() / 1000.0 + " s";
    }

    /** Keeps the interrupt for the caller. */
    static EmbeddedKafkaException interrupted(String what, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new EmbeddedKafkaException(what + ": the waiting thread was interrupted.", e);
    }
}
