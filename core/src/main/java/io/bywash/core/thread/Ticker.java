package io.bywash.core.thread;

/** A clock for spans of time. It never goes back; its zero means nothing. */
@FunctionalInterface
public interface Ticker {

    /** The clock of the JVM. */
    Ticker SYSTEM = System::nanoTime;

    /**
     * Returns the time.
     *
     * @return nanoseconds; compare two by their difference
     */
    long nanos();
}
