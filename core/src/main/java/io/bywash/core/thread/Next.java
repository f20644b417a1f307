package io.bywash.core.thread;

/** When a {@link Step} wants to be called again. */
public sealed interface Next {

    /** At once. */
    Next NOW = new Now();

    /** At once, but after others that share its processors and are ready. */
    Next AFTER_OTHERS = new AfterOthers();

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

    /**
     * Returns the sooner of two wishes, neither of which is {@link #DONE}.
     *
     * @param one a wish
     * @param other another
     * @return the one that comes first
     */
    static Next sooner(Next one, Next other) {
        if (one instanceof At first && other instanceof At second) {
            return first.nanos - second.nanos < 0 ? first : second;
        }
        return one instanceof Now || other instanceof Idle ? one : other;
    }

    /** At once. */
    record Now() implements Next {}

    /** At once, but after others that are ready. */
    record AfterOthers() implements Next {}

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
