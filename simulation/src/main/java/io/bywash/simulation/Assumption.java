package io.bywash.simulation;

/** What a handler may rely on without knowing, and what breaks it. */
public enum Assumption {
    /** That no record comes twice. Rebalances and commits that fail break it: the handler is not idempotent. */
    ONCE("a record comes once; it is not idempotent"),
    /** That records of different keys come in the order of the partition. Work on several keys at once breaks it. */
    ORDER_OF_KEYS("records of different keys come in order, one at a time; it is not fit for ordering = key"),
    /** That its process comes to an orderly end. A crash breaks it: what it keeps in memory is lost. */
    ORDERLY_END("its process always comes to an orderly end; it loses something in a crash"),
    /** That a dead letter is written at the first try. A topic that is down for a while breaks it. */
    DEAD_LETTERS_TAKEN("a dead letter is written at the first try");

    private final String meaning;

    Assumption(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String toString() {
        return name() + " (it relies on this: " + meaning + ")";
    }
}
