package io.bywash.simulation;

/** What a handler may rely on without knowing, and what breaks it. */
public enum Assumption {
    /**
     * That a partition stays. It goes in good order, to another process or since this one stops, and breaks it: what the handler has not
     * saved by the end of {@code revoked} is lost or saved too late, or what it remembers of a partition, or of another, is no longer so.
     */
    HAND_OVER("a partition stays with it; it does not hand over what it holds, or keeps what it should not"),
    /**
     * That no record comes twice. A member that is taken for dead breaks it: what it has not committed comes again elsewhere, and the call
     * that it was in may end after that. So does a dead-letter topic that is down: a record that waits for it is tried again by the next
     * owner. The handler is not idempotent.
     */
    ONCE("a record comes once; it is not idempotent"),
    /**
     * That records of different keys come in the order of the partition. Work on several keys at once breaks it. This is about the order of
     * calls; {@link #THREAD_SAFE} is about calls that overlap.
     */
    ORDER_OF_KEYS("records of different keys come in order, one at a time; it is not fit for ordering = key"),
    /** That its process comes to an orderly end. A crash breaks it: what it keeps in memory is lost. */
    ORDERLY_END("its process always comes to an orderly end; it loses something in a crash"),
    /**
     * That no call runs beside another. Two calls of different keys that overlap break it, as they do with {@code ordering = key} and
     * {@code none}, and with several partitions. Looked for only if {@link HandlerSimulation#overlapping} says so.
     */
    THREAD_SAFE("its calls do not overlap; it is not thread-safe");

    private final String meaning;

    Assumption(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String toString() {
        return name() + " (it relies on this: " + meaning + ")";
    }
}
