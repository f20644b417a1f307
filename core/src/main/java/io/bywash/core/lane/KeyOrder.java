package io.bywash.core.lane;

import org.jspecify.annotations.Nullable;

/** Which records of a partition wait for each other. Belongs to the turn of a {@link Sequencer}. */
interface KeyOrder {

    /** Takes in an item; returns the one it belongs to, which is itself if it waits for no other. */
    Item enter(Item item);

    /** Lets an item go that is complete; returns the one that waited for it. */
    @Nullable
    Item leave(Item item);

    /** Lets those go that only went along with an item; returns the first of them, the others behind it, if there are any. */
    @Nullable
    Item cutBehind(Item item);

    /** Tells what waits for an item that has failed. */
    default Recoveries.Scope scope() {
        return Recoveries.Scope.KEY;
    }

    /** None for any other. */
    final class Free implements KeyOrder {
        @Override
        public Item enter(Item item) {
            return item;
        }

        @Override
        public @Nullable Item leave(Item item) {
            return null;
        }

        @Override
        public @Nullable Item cutBehind(Item item) {
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
        public Item enter(Item item) {
            byte[] key = item.record.key();
            return key == null ? item : keys.enter(item, key);
        }

        @Override
        public @Nullable Item leave(Item item) {
            return item.record.key() == null ? null : keys.leave(item);
        }

        @Override
        public @Nullable Item cutBehind(Item item) {
            return null;
        }
    }

    /** Each for the one before it. */
    final class Whole implements KeyOrder {
        private @Nullable Item last;

        private @Nullable Item head;

        @Override
        public Recoveries.Scope scope() {
            return Recoveries.Scope.PARTITION;
        }

        @Override
        public Item enter(Item item) {
            if (last == null || head == null) {
                head = item;
            } else {
                last.behind = item;
            }
            last = item;
            return head;
        }

        @Override
        public @Nullable Item leave(Item item) {
            if (item != head) {
                throw new IllegalStateException(
                        "the record at offset " + item.record.offset() + " is not the first of its partition");
            }
            head = item.behind;
            item.behind = null;
            if (head == null) {
                last = null;
            }
            return head;
        }

        @Override
        public @Nullable Item cutBehind(Item item) {
            return null;
        }
    }

    /** None for any other, but those that come while one waits to be handed out go along with it. */
    final class Pooled implements KeyOrder {
        private @Nullable Item head;
        private @Nullable Item last;

        @Override
        public Item enter(Item item) {
            item.behind = null;
            if (head == null || last == null || !(head.result instanceof Result.Gathered)) {
                head = item;
            } else {
                last.behind = item;
            }
            last = item;
            return head;
        }

        @Override
        public @Nullable Item leave(Item item) {
            item.behind = null;
            return null;
        }

        @Override
        public @Nullable Item cutBehind(Item item) {
            Item rest = item.behind;
            item.behind = null;
            return rest;
        }
    }
}
