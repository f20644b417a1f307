package io.bywash.core.session;

import io.bywash.core.event.PauseReason;

/** What keeps a partition from moving on, as its worker sees it. */
public sealed interface Obstacle {

    /** Nothing does. */
    Obstacle NONE = new None();

    /** Nothing does. */
    record None() implements Obstacle {}

    /**
     * Something does.
     *
     * @param reason what kind of thing
     * @param offset the record that waits
     * @param why the details, for a person
     */
    record Blocked(PauseReason reason, long offset, String why) implements Obstacle {}
}
