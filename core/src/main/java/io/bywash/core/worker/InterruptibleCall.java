package io.bywash.core.worker;

import io.bywash.core.thread.Running;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The call a runner is in, so that it can be interrupted and no other. An interrupt hits a thread and not a call; so whoever interrupts
 * says so before, and a call that ends meanwhile waits until the interrupt has come, and clears it.
 *
 * @param <T> what a call is about
 */
public final class InterruptibleCall<T> {
    private final Running running;
    private final AtomicReference<Object> state = new AtomicReference<>(NoCall.NONE);

    /** Why a call was interrupted. */
    public enum Cause {
        /** It was not. */
        NONE,
        /** Its partition is going away. */
        REVOKED,
        /** It took longer than an attempt may. */
        TIMED_OUT
    }

    /** Stands for a call; a call that nobody interrupts is represented by what it is about, so that nothing is allocated. */
    private enum NoCall {
        NONE
    }

    private record Interrupting<T>(T about) {}

    private record Interrupted<T>(T about, Cause cause) {}

    /**
     * Creates the place of a call.
     *
     * @param running what makes the calls
     */
    public InterruptibleCall(Running running) {
        this.running = running;
    }

    /**
     * Begins a call. Called by the runner.
     *
     * @param about what it is about
     */
    public void begin(T about) {
        state.setRelease(about);
    }

    /**
     * Ends the call. Called by the runner.
     *
     * @param about what it was about
     * @return whether it was interrupted, and why
     */
    public Cause end(T about) {
        while (!state.compareAndSet(about, NoCall.NONE)) {
            if (now() instanceof Interrupted<?> interrupted) {
                state.set(NoCall.NONE);
                Thread.interrupted();
                return interrupted.cause();
            }
            // Somebody is about to interrupt, and may yet find that another call was meant.
            Thread.onSpinWait();
        }
        return Cause.NONE;
    }

    /**
     * Interrupts the call if it is the right one and was not interrupted yet. May be called from any thread.
     *
     * @param meant tells whether a call is the right one; asked again when the call can no longer end
     * @param cause why
     */
    public void interrupt(Predicate<T> meant, Cause cause) {
        Object now = now();
        T about = about(now);
        boolean untouched = !(now instanceof Interrupting || now instanceof Interrupted);
        if (about == null || !untouched || !meant.test(about)) {
            return;
        }
        if (state.compareAndSet(about, new Interrupting<>(about))) {
            // The call that was looked at may be over and the next be about the same; this one cannot end before the
            // state is set.
            if (meant.test(about)) {
                running.interrupt();
                state.set(new Interrupted<>(about, cause));
            } else {
                state.set(about);
            }
        }
    }

    /**
     * Returns what the call is about. May be called from any thread.
     *
     * @return nothing if there is no call
     */
    public Optional<T> about() {
        return Optional.ofNullable(about(now()));
    }

    private Object now() {
        return Objects.requireNonNull(state.get());
    }

    @SuppressWarnings("unchecked") // what is none of the others was put there by begin
    private @Nullable T about(Object now) {
        if (now == NoCall.NONE) {
            return null;
        }
        if (now instanceof Interrupting<?> interrupting) {
            return (T) interrupting.about();
        }
        return now instanceof Interrupted<?> interrupted ? (T) interrupted.about() : (T) now;
    }
}
