package io.bywash.core.lane;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What anybody may know of the books of a {@link Sequencer}: published at the end of a turn, of what the turn has in its cache anyway,
 * and only if it has changed.
 */
final class OpenBooks {
    private static final long NOTHING = -1;

    private final AtomicReference<@Nullable ConsumerRecord<byte[], byte[]>> first = new AtomicReference<>();
    private volatile int heldBack;

    // Of the turn.
    private long publishedOffset = NOTHING;

    void publish(Incomplete incomplete, Intake intake, HeldBack held) {
        Item oldest = incomplete.oldest();
        ConsumerRecord<byte[], byte[]> now = oldest == null ? intake.peek() : oldest.record;
        long offset = now == null ? NOTHING : now.offset();
        if (offset != publishedOffset) {
            publishedOffset = offset;
            first.setRelease(now);
        }
        if (held.total() != heldBack) {
            heldBack = held.total();
        }
    }

    /** Returns the first record that was taken and is not complete, or the next to be taken if all are. */
    Optional<ConsumerRecord<byte[], byte[]>> first() {
        return Optional.ofNullable(first.getAcquire());
    }

    /** Returns how many records have failed and wait, and wait behind these. */
    int heldBack() {
        return heldBack;
    }
}
