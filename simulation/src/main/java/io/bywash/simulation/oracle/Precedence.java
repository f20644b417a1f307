package io.bywash.simulation.oracle;

import io.bywash.core.settings.Ordering;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Which records of a partition have to be complete before others are worked on. */
enum Precedence {
    /** All before it. */
    PARTITION {
        @Override
        boolean ties(ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
            return true;
        }
    },
    /** Those before it with the same key; one without a key waits for none. */
    KEY {
        @Override
        boolean ties(ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
            return one.key() != null && Arrays.equals(one.key(), other.key());
        }
    },
    /** None. */
    NONE {
        @Override
        boolean ties(ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other) {
            return false;
        }
    };

    static Precedence of(Ordering ordering) {
        if (ordering instanceof Ordering.Key) {
            return KEY;
        }
        return ordering instanceof Ordering.None ? NONE : PARTITION;
    }

    /** Tells whether of two records of a partition the later one waits for the earlier one. */
    abstract boolean ties(ConsumerRecord<byte[], byte[]> one, ConsumerRecord<byte[], byte[]> other);
}
