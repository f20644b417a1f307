package io.bywash.benchmarks.run;

import io.bywash.benchmarks.load.Payload;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts records that begin before the one before them of the same key has ended, or again, or out of their order. Used by any thread;
 * its own accesses are ordered by those of one key only if the subject orders them, which is what it looks for.
 */
final class KeyWatch {
    private final AtomicIntegerArray next;
    private final LongAdder breaks = new LongAdder();

    KeyWatch(int keys) {
        next = new AtomicIntegerArray(keys);
    }

    void begins(Payload payload) {
        if (next.get(payload.key()) != payload.sequence()) {
            breaks.increment();
        }
    }

    void ends(Payload payload) {
        next.set(payload.key(), payload.sequence() + 1);
    }

    long breaks() {
        return breaks.sum();
    }
}
