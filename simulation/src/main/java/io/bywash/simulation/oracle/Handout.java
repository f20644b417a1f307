package io.bywash.simulation.oracle;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** How far an application that reads for itself has come in one ownership: what it was handed, what it has marked, where it wants to go. */
final class Handout {
    private final NavigableMap<Long, String> texts = new TreeMap<>();
    private long takenThrough = -1;
    private long markedBelow;
    private Optional<Long> resetTo = Optional.empty();

    /** Notes that a record is handed out, and so is held by the application instead of the buffer. */
    void take(long offset) {
        takenThrough = offset;
    }

    /** Returns the last record that was handed out, or -1; there is none where handlers are called. */
    long takenThrough() {
        return takenThrough;
    }

    /** Tells whether a mark of a record would count. */
    boolean mayMark(long offset) {
        return resetTo.isEmpty() && offset <= takenThrough;
    }

    /** Notes how far the application says it has come, and what it wants to be kept with that. To go back changes nothing. */
    void mark(long offset, Optional<String> text) {
        if (offset >= markedBelow) {
            markedBelow = offset + 1;
            text.ifPresent(given -> texts.put(markedBelow, given));
        }
    }

    /** Returns what the application wants to be kept with an offset, if anything. */
    Optional<String> textAt(long offset) {
        return Optional.ofNullable(texts.floorEntry(offset)).map(Map.Entry::getValue);
    }

    /** Notes that the application wants to go back, which ends the ownership as soon as the engine does; the first wish counts. */
    void reset(long offset) {
        resetTo = resetTo.or(() -> Optional.of(offset));
    }

    /** Returns where the application wants to go back to. */
    Optional<Long> resetTo() {
        return resetTo;
    }
}
