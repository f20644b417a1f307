package io.bywash.core.lane;

import org.jspecify.annotations.Nullable;

/** Which records of a partition wait for each other. Belongs to the turn of a {@link Sequencer}. */
interface KeyOrder {

    /** Takes in an item; returns whether it may run now, since otherwise it is kept until the one before it leaves. */
    boolean enter(Item item);

    /** Lets an item go that is complete; returns the one that waited for it. */
    @Nullable
    Item leave(Item item);

    /** None for any other. */
    final class Free implements KeyOrder {
        @Override
        public boolean enter(Item item) {
            return true;
        }

        @Override
        public @Nullable Item leave(Item item) {
            return null;
        }
    }

    /** Those with the same key; one without a key waits for no other. */
    final class ByKey implements KeyOrder {
        private final KeyTable keys;

        ByKey(long seed) {
            keys = new KeyTable(seed);
        }

        @Override
        public boolean enter(Item item) {
            byte[] key = item.record.key();
            return key == null || keys.enter(item, key);
        }

        @Override
        public @Nullable Item leave(Item item) {
            return item.record.key() == null ? null : keys.leave(item);
        }
    }
}
