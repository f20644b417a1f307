package io.bywash.core.lane;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Counts the items that cannot go on: those that have failed and those that wait behind them. It costs something only while there are
 * any. Belongs to the turn of a {@link Sequencer}.
 */
final class HeldBack {
    private final Map<Item, Integer> counts = new IdentityHashMap<>(0);
    private int total;

    /** Takes in an item that has failed, with those behind it. */
    void fails(Item item) {
        int count = 0;
        for (Item waiting = item; waiting != null; waiting = waiting.behind) {
            count++;
        }
        counts.put(item, count);
        total += count;
    }

    /** Takes in an item that waits behind another, which may have failed. */
    void joins(Item head) {
        if (!counts.isEmpty() && counts.computeIfPresent(head, (failed, count) -> count + 1) != null) {
            total++;
        }
    }

    /** Lets an item go on, and those behind it with it. */
    void goesOn(Item item) {
        Integer count = counts.remove(item);
        if (count != null) {
            total -= count;
        }
    }

    int total() {
        return total;
    }
}
