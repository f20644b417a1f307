package io.bywash.core.thread;

/** When a {@link Step} wants to be called again. */
public sealed interface Next {

    /** At once. */
    Next NOW = new Now();

    /** After the next signal. */
    Next IDLE = new Idle();

    /** Never; the work is over. */
    Next DONE = new Done();

    /**
     * At a time, or after a signal if one comes first.
     *
     * @param nanos a time of the {@link Ticker}
     * @return the wish
     */
    static Next at(long nanos) {
        return new At(nanos);
    }

    /** At once. */
    record Now() implements Next {}

    /** After the next signal. */
    record Idle() implements Next {}

    /**
     * At a time, or after a signal if one comes first.
     *
     * @param nanos a time of the {@link Ticker}
     */
    record At(long nanos) implements Next {}

    /** Never. */
    record Done() implements Next {}
}
