package io.bywash.core.lane;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The items of a partition that nothing keeps from being handed out, and how they are. Belongs to the turn of a {@link Sequencer}. */
interface Supply {

    /** There is nothing to wait for. */
    long NEVER = Long.MAX_VALUE;

    /** Takes in an item that waits for no other. */
    void ready(Item item);

    /** Notes that a further item waits for one that is here or was. */
    void joined(Item head, Item item);

    /** Takes in an item that has waited before and goes as soon as it can. */
    void again(Item item);

    /** Notes that an item is complete. */
    default void completed(Item item) {}

    /** Has each of some items handed out by itself from now on. */
    default void separate(List<Item> items) {}

    /** Returns what can be handed out now; nothing if there is none. */
    @Nullable
    Item poll();

    boolean hasReady();

    /** Returns when something will be ready by itself: a time of the ticker, or {@link #NEVER}. */
    long due();

    /** Each by itself and at once. */
    final class Singles implements Supply {
        private final ItemQueue ready = new ItemQueue();

        @Override
        public void ready(Item item) {
            ready.add(item);
        }

        @Override
        public void joined(Item head, Item item) {
            // It is ready when the one before it leaves.
        }

        @Override
        public void again(Item item) {
            ready.add(item);
        }

        @Override
        public @Nullable Item poll() {
            return ready.poll();
        }

        @Override
        public boolean hasReady() {
            return !ready.isEmpty();
        }

        @Override
        public long due() {
            return NEVER;
        }
    }
}
