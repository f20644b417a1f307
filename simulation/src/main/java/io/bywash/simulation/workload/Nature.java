package io.bywash.simulation.workload;

import io.bywash.simulation.oracle.Prospect;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** How a record turns out when it is handled. Stands in its value. */
public enum Nature {
    /** Is handled, unless something else goes wrong. */
    GOOD,
    /** Fails a few times, then is handled. */
    FLAKY,
    /** Fails however often it is tried. */
    STUBBORN,
    /** Fails in a way that says that no other attempt can help. */
    HOPELESS,
    /** Cannot be decoded. */
    POISON,
    /** As hopeless, and too large for a dead letter. */
    LARGE,
    /** Brings the process down, once. */
    FATAL;

    /** A little more than what the simulated broker takes from a producer. */
    private static final int TOO_LARGE = 1_100;

    /**
     * Writes a value.
     *
     * @param padding how many bytes more it has than it needs
     */
    byte[] value(int padding) {
        String text = name() + ' ' + "x".repeat(this == LARGE ? TOO_LARGE : padding);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a value. */
    static Nature of(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        return valueOf(text.substring(0, text.indexOf(' ')));
    }

    /** Creates a deserialiser of certain topics that fails on poison. */
    public static Deserializer<Nature> deserializer(Set<String> topics) {
        return new NatureDeserializer(topics);
    }

    /** Tells what may come of another attempt at a record. */
    public static Prospect prospect(ConsumerRecord<byte[], byte[]> record) {
        return switch (of(record.value())) {
            case POISON -> Prospect.UNREADABLE;
            case HOPELESS, LARGE -> Prospect.HOPELESS;
            case GOOD, FLAKY, STUBBORN, FATAL -> Prospect.OPEN;
        };
    }
}
