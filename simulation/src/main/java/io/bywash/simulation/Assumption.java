package io.bywash.simulation;

/** What a handler may rely on without knowing, and what breaks it. */
public enum Assumption {
    /**
     * That no record comes twice. A member that is taken for dead breaks it: what it has not committed comes again elsewhere, and the call
     * that it was in may end after that. The handler is not idempotent.
     */
    ONCE("a record comes once; it is not idempotent"),
    /**
     * That records of different keys come in the order of the partition. Work on several keys at once breaks it. Calls follow each other
     * in a simulation, so this is about their order; whether the handler is thread-safe does not show.
     */
    ORDER_OF_KEYS("records of different keys come in order, one at a time; it is not fit for ordering = key"),
    /** That its process comes to an orderly end. A crash breaks it: what it keeps in memory is lost. */
    ORDERLY_END("its process always comes to an orderly end; it loses something in a crash");

    private final String meaning;

    Assumption(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String toString() {
        return name() + " (it relies on this: " + meaning + ")";
    }
}
