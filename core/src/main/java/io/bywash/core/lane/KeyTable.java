package io.bywash.core.lane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one partition that have a record under way, each with those that wait for it. A key is here only so long, so there are
 * never more of them than records taken. Keys are compared byte by byte: no two keys ever share a fate.
 *
 * <p>Belongs to the turn of its {@link Sequencer}. A seed of its own for each table keeps those who choose keys from choosing them so
 * that they collide.
 */
final class KeyTable {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;
    private static final int LEAST = 64;

    private final long seed;
    private @Nullable Item[] buckets = new Item[LEAST];
    private int size;

    KeyTable(long seed) {
        this.seed = seed;
    }

    /** Puts an item under its key, or behind those that are there. Returns the first of its key. */
    Item enter(Item item, byte[] key) {
        item.hash = hash(key);
        int bucket = item.hash & (buckets.length - 1);
        for (Item head = buckets[bucket]; head != null; head = head.nextInBucket) {
            if (head.hash == item.hash && Arrays.equals(head.record.key(), key)) {
                Item last = head.last == null ? head : head.last;
                last.behind = item;
                head.last = item;
                return head;
            }
        }
        item.nextInBucket = buckets[bucket];
        buckets[bucket] = item;
        if (++size > buckets.length) {
            grow();
        }
        return item;
    }

    /** Takes the first item of its key out; returns the one that waited for it, which is the first now. */
    @Nullable
    Item leave(Item head) {
        Item heir = head.behind;
        if (heir != null) {
            heir.last = head.last == heir ? null : head.last;
            heir.nextInBucket = head.nextInBucket;
        } else {
            size--;
        }
        replace(head, heir != null ? heir : head.nextInBucket);
        head.nextInBucket = null;
        head.behind = null;
        head.last = null;
        return heir;
    }

    private void replace(Item head, @Nullable Item by) {
        int bucket = head.hash & (buckets.length - 1);
        if (buckets[bucket] == head) {
            buckets[bucket] = by;
            return;
        }
        Item before = buckets[bucket];
        while (before != null && before.nextInBucket != head) {
            before = before.nextInBucket;
        }
        if (before == null) {
            throw new IllegalStateException(
                    "the record at offset " + head.record.offset() + " is not the first of its key");
        }
        before.nextInBucket = by;
    }

    int size() {
        return size;
    }

    private void grow() {
        @Nullable Item[] old = buckets;
        buckets = new Item[2 * old.length];
        for (Item first : old) {
            Item head = first;
            while (head != null) {
                Item rest = head.nextInBucket;
                int bucket = head.hash & (buckets.length - 1);
                head.nextInBucket = buckets[bucket];
                buckets[bucket] = head;
                head = rest;
            }
        }
    }

    private int hash(byte[] key) {
        long hash = seed ^ key.length;
        int i = 0;
        for (; i + Long.BYTES <= key.length; i += Long.BYTES) {
            hash = mix(hash ^ (long) WORDS.get(key, i));
        }
        long tail = 0;
        for (; i < key.length; i++) {
            tail = tail << Byte.SIZE | key[i] & 0xff;
        }
        hash = mix(hash ^ tail);
        return (int) (hash ^ hash >>> 32);
    }

    /** The upper half of a product depends on all bits of the factor; folded back, so does the lower. */
    private static long mix(long bits) {
        return bits * MULTIPLIER ^ Math.multiplyHigh(bits, MULTIPLIER);
    }
}
