package io.bywash.benchmarks.load;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The first bytes of every value.
 *
 * @param dueMicros when the record was due to be sent, in microseconds since 1970, whether or not the producer kept up; 0 if it waited
 *     in the topic
 * @param key the number of the key
 * @param sequence how many records of the key came before it
 * @param workMicros how long it takes to handle it
 * @param number how many records came before it in all
 */
public record Payload(long dueMicros, int key, int sequence, int workMicros, int number) {

    /** The bytes it takes. */
    public static final int SIZE = Long.BYTES + 4 * Integer.BYTES;

    /**
     * Reads a payload.
     *
     * @param value the value of a record
     * @return its payload
     */
    public static Payload of(byte[] value) {
        ByteBuffer bytes = ByteBuffer.wrap(value);
        return new Payload(bytes.getLong(), bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getInt());
    }

    void writeTo(byte[] value) {
        ByteBuffer.wrap(value)
                .putLong(dueMicros)
                .putInt(key)
                .putInt(sequence)
                .putInt(workMicros)
                .putInt(number);
    }

    /**
     * Tells the time that {@link #dueMicros} is compared with.
     *
     * @return microseconds since 1970
     */
    public static long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
