package io.bywash.chaos.oracle;

/**
 * A fault that was injected.
 *
 * @param kind what it was
 * @param micros when, in microseconds since 1970
 * @param struck the process of a worker that it hit; empty if it hit none
 */
public record Fault(String kind, long micros, String struck) {
    /** What ends a worker in the middle of everything. */
    public static final String KILL = "kill -9";

    /** What makes a worker stand still. */
    public static final String STOP = "SIGSTOP";

    /** What makes brokers find dead letters too large. */
    public static final String TOO_LARGE = "too large";

    /** Tells whether it keeps a worker from what it is at, without a word. */
    boolean cutsShort() {
        return kind.equals(KILL) || kind.equals(STOP);
    }
}
