package io.bywash.core.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * One write to a dead-letter topic. The producer's thread finishes it; the worker looks at it when it is signalled. A second try
 * without the value runs on the worker, since a producer must not be called from its own callback.
 */
public final class DeadLetterWrite {
    private final Runnable signal;
    private volatile State state = new Pending();

    DeadLetterWrite(Runnable signal) {
        this.signal = signal;
    }

    void finish(@Nullable Exception failure) {
        become(failure == null ? new Acknowledged() : new Failed(failure));
    }

    void sendAgain(Runnable send) {
        become(new SendAgain(send));
    }

    private void become(State next) {
        state = next;
        signal.run();
    }

    /**
     * Looks at the write, and sends it again if it has to go without its value. Called by the worker.
     *
     * @return the state now
     */
    public State advance() {
        if (state instanceof SendAgain again) {
            state = new Pending();
            again.send().run();
        }
        return state;
    }

    /** How far a write is. */
    public sealed interface State {}

    /** The broker has not answered yet. */
    public record Pending() implements State {}

    /** The broker has the letter. */
    public record Acknowledged() implements State {}

    /**
     * The letter was not written.
     *
     * @param cause why
     */
    public record Failed(Exception cause) implements State {}

    /**
     * The letter has to be sent in another form.
     *
     * @param send sends it
     */
    record SendAgain(Runnable send) implements State {}
}
