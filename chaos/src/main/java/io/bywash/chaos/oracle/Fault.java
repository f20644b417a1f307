package io.bywash.chaos.oracle;

/**
 * A fault that was injected.
 *
 * @param kind what it was
 * @param micros when, in microseconds since 1970
 * @param over when what it had taken away was given back, in microseconds since 1970; the same time if that is up to the workers alone
 * @param struck the process of a worker that it hit; empty if it hit none
 */
public record Fault(String kind, long micros, long over, String struck) {
    /** What ends a worker in the middle of everything. */
    public static final String KILL = "kill -9";

    /** What makes a worker stand still. */
    public static final String STOP = "SIGSTOP";

    /** What makes brokers find dead letters too large. */
    public static final String TOO_LARGE = "too large";

    /**
     * A fault of a moment.
     *
     * @param kind what it was
     * @param micros when, in microseconds since 1970
     * @param struck the process of a worker that it hit; empty if it hit none
     */
    public Fault(String kind, long micros, String struck) {
        this(kind, micros, micros, struck);
    }

    /**
     * Says when it was over.
     *
     * @param when in microseconds since 1970
     * @return the same fault, which lasted until then
     */
    public Fault until(long when) {
        return new Fault(kind, micros, when, struck);
    }

    /** Tells whether it keeps a worker from what it is at, without a word. */
    boolean cutsShort() {
        return kind.equals(KILL) || kind.equals(STOP);
    }

    /** Tells whether a process of a worker may have felt it: it hit that one, or none in particular. */
    boolean touches(String worker) {
        return struck.isEmpty() || struck.equals(worker);
    }
}
