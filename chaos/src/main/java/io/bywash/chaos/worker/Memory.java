package io.bywash.chaos.worker;

import io.bywash.core.settings.Buffers;
import java.util.Map;

/** How much memory a worker has. */
public enum Memory {
    /** Enough for small records, with the settings that everybody has. */
    PLENTY("128m", Buffers.DEFAULT, Map.of()),
    /** Little for records of 1 MB: as much waits as fits, one poll included, and what lives is measured. */
    TIGHT("256m", new Buffers(20_000, 64L << 20), Map.of("max.poll.records", 32));

    private final String heap;

    // A record of values.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Buffers buffers;

    // Made by Map.of.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<String, Object> kafka;

    Memory(String heap, Buffers buffers, Map<String, Object> kafka) {
        this.heap = heap;
        this.buffers = buffers;
        this.kafka = kafka;
    }

    /**
     * Returns how large the heap may become.
     *
     * @return a size as {@code -Xmx} takes it
     */
    public String heap() {
        return heap;
    }

    Buffers buffers() {
        return buffers;
    }

    /** Properties of the Kafka consumer. */
    Map<String, Object> kafka() {
        return kafka;
    }
}
