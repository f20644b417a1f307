package io.bywash.core.pull;

import java.util.Optional;

/** Where a {@link Feed} gets its elements. Called by the reading thread alone. */
interface Supply<T> {

    /** Takes the next element, if there is one now. */
    Optional<T> take();

    /** Tells whether an element that was taken may still be handed out. */
    boolean isCurrent(T element);

    /** Tells whether there will be no further element; throws if the reason is a failure. */
    boolean isOver();

    /** Lets go of what is needed to take elements. Called once, when the feed is closed and nobody takes any more. */
    void close();
}
