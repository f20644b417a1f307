package io.bywash.chaos.oracle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/** Reads what is committed beside an offset, by the description of the format and not by the engine's code. */
public final class SideText {
    private static final String DONE = "d=";
    private static final String TOPIC = "t=";
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

    /** Which topic the commit is of; nothing if the text does not tell. */
    static Optional<String> topic(String text) {
        return field(text, TOPIC);
    }

    private static Optional<String> field(String text, String name) {
        return Arrays.stream(text.split(" "))
                .filter(field -> field.startsWith(name))
                .map(field -> field.substring(name.length()))
                .findFirst();
    }

    /** Pairs of a first offset and the one after the last; none if the text tells none. */
    static long[] done(long committed, String text) {
        return field(text, DONE)
                .map(bytes ->
                        ranges(committed, ByteBuffer.wrap(Base64.getUrlDecoder().decode(bytes))))
                .orElseGet(() -> new long[0]);
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
