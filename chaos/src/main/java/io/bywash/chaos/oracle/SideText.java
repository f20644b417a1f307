package io.bywash.chaos.oracle;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.common.Uuid;

/** Reads what is committed beside an offset, by the description of the format and not by the engine's code. */
public final class SideText {
    private static final String DONE = "d=";
    private static final String TOPIC = "t=";
    private static final String OF_APPLICATION = " u=";
    private static final int CHECK_BYTES = 3;
    private static final int CHECK_MASK = 0xffffff;
    private static final int CLUSTER_BYTES = 3;
    private static final int TOPIC_BYTES = 6;

    private SideText() {}

    /**
     * Returns what commits tell of a topic.
     *
     * @param cluster the id of its cluster
     * @param topic its own id
     * @return the text
     */
    public static String topic(String cluster, Uuid topic) {
        byte[] both = new byte[CLUSTER_BYTES + TOPIC_BYTES];
        byte[] hash =
                ByteBuffer.allocate(Integer.BYTES).putInt(cluster.hashCode()).array();
        byte[] id = ByteBuffer.allocate(Long.BYTES)
                .putLong(topic.getLeastSignificantBits())
                .array();
        System.arraycopy(hash, Integer.BYTES - CLUSTER_BYTES, both, 0, CLUSTER_BYTES);
        System.arraycopy(id, Long.BYTES - TOPIC_BYTES, both, CLUSTER_BYTES, TOPIC_BYTES);
        return Base64.getUrlEncoder().encodeToString(both);
    }

    /**
     * Tells which topic a commit is of.
     *
     * @param text the text of the commit
     * @return as {@link #topic(String, Uuid)} does; nothing if the text does not tell
     */
    public static Optional<String> topic(String text) {
        return field(text, TOPIC);
    }

    private static Optional<String> field(String text, String name) {
        // What the application has added goes on to the end and may look like anything.
        int end = text.indexOf(OF_APPLICATION);
        return Arrays.stream((end < 0 ? text : text.substring(0, end)).split(" "))
                .filter(field -> field.startsWith(name))
                .map(field -> field.substring(name.length()))
                .findFirst();
    }

    /**
     * Tells what was complete beyond an offset.
     *
     * @param committed the offset
     * @param text the text that was committed with it
     * @return pairs of a first offset and the one after the last; none if the text tells none
     * @throws IllegalStateException if the text is damaged or belongs to another offset, of which nobody may write or keep any
     */
    public static long[] done(long committed, String text) {
        return field(text, DONE).map(field -> done(committed, field, text)).orElseGet(() -> new long[0]);
    }

    private static long[] done(long committed, String field, String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(field));
            if (number24(bytes) != check(committed, bytes.duplicate())) {
                throw new IllegalStateException("beside offset " + committed + " stands the text of another: " + text);
            }
            return ranges(committed, bytes);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            throw new IllegalStateException("beside offset " + committed + " stands a damaged text: " + text, e);
        }
    }

    private static int number24(ByteBuffer bytes) {
        int number = 0;
        for (int i = 0; i < CHECK_BYTES; i++) {
            number = number << Byte.SIZE | bytes.get() & 0xff;
        }
        return number;
    }

    private static int check(long committed, ByteBuffer behind) {
        CRC32C sum = new CRC32C();
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(0, committed));
        sum.update(behind);
        return (int) sum.getValue() & CHECK_MASK;
    }

    private static long[] ranges(long committed, ByteBuffer bytes) {
        List<Long> bounds = new ArrayList<>();
        // The first number is the leader epoch, which does not matter here.
        number(bytes);
        long end = committed;
        while (bytes.hasRemaining()) {
            long first = end + number(bytes);
            end = first + number(bytes) + 1;
            bounds.add(first);
            bounds.add(end);
        }
        return bounds.stream().mapToLong(Long::longValue).toArray();
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        byte part;
        int shift = 0;
        do {
            part = bytes.get();
            number |= (long) (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0);
        return number;
    }
}
