package io.bywash.core.session;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.apache.kafka.common.Uuid;

/**
 * Which topic an offset is of. A topic that is deleted and made anew has its name and another id. What is committed may be copied to
 * another cluster, with the text beside it, where the topic is the same to whoever copies and has another id; so the cluster belongs to it.
 * It is kept short, since it stands beside every offset: that two topics of a name have the same 48 bits is not to be expected.
 *
 * @param cluster stands for the cluster: the lower 24 bits of the hash code of its id, which Java defines
 * @param topic stands for the topic: the lower 48 bits of the id that Kafka drew for it
 */
public record TopicId(int cluster, long topic) {
    private static final int CLUSTER_BITS = 24;
    private static final int TOPIC_BITS = 48;
    private static final int BYTES = (CLUSTER_BITS + TOPIC_BITS) / Byte.SIZE;

    /**
     * Names a topic.
     *
     * @param cluster the id of its cluster
     * @param topic its own
     * @return both
     */
    public static TopicId of(String cluster, Uuid topic) {
        return new TopicId(hash(cluster), topic.getLeastSignificantBits() & (1L << TOPIC_BITS) - 1);
    }

    private static int hash(String cluster) {
        return cluster.hashCode() & (1 << CLUSTER_BITS) - 1;
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param text twelve characters
     * @return the topic, or nothing if it is anything else, which a later version may have written
     */
    public static Optional<TopicId> parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != BYTES) {
            return Optional.empty();
        }
        ByteBuffer all = ByteBuffer.wrap(bytes);
        int cluster = (all.get() & 0xff) << Short.SIZE | all.getShort() & 0xffff;
        return Optional.of(
                new TopicId(cluster, (long) (all.getShort() & 0xffff) << Integer.SIZE | all.getInt() & 0xffffffffL));
    }

    /**
     * Tells whether this is of another cluster than another.
     *
     * @param other another
     * @return true if nothing follows from their being different
     */
    public boolean isElsewhere(TopicId other) {
        return cluster != other.cluster;
    }

    /**
     * Tells whether this is of another cluster.
     *
     * @param clusterId the id of a cluster
     * @return true if what is known of it says nothing of the topic that has its name there
     */
    public boolean isElsewhere(String clusterId) {
        return cluster != hash(clusterId);
    }

    /** Writes the bytes of the cluster and of the topic, the highest first, as Base64 for URLs. */
    @Override
    public String toString() {
        ByteBuffer all = ByteBuffer.allocate(BYTES)
                .put((byte) (cluster >> Short.SIZE))
                .putShort((short) cluster)
                .putShort((short) (topic >> Integer.SIZE))
                .putInt((int) topic);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all.array());
    }
}
