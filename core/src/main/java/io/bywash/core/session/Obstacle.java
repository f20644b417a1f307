package io.bywash.core.session;

import io.bywash.core.event.PauseReason;

/** What keeps records of a partition from moving on, as its worker sees it. */
public sealed interface Obstacle {

    /** Nothing does. */
    Obstacle NONE = new None();

    /**
     * Returns the details, for a person.
     *
     * @return empty if there is no obstacle
     */
    String why();

    /** Nothing does. */
    record None() implements Obstacle {
        @Override
        public String why() {
            return "";
        }
    }

    /**
     * The whole partition waits.
     *
     * @param reason what kind of thing it waits for
     * @param offset the record that waits
     * @param why the details, for a person
     */
    record Blocked(PauseReason reason, long offset, String why) implements Obstacle {}

    /**
     * Some keys wait while others go on.
     *
     * @param reason what kind of thing the first of them waits for
     * @param offset the first record that waits
     * @param why the details, for a person
     */
    record Hindered(PauseReason reason, long offset, String why) implements Obstacle {}
}
