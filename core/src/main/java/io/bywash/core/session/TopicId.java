package io.bywash.core.session;

import org.apache.kafka.common.Uuid;

/**
 * Which topic an offset is of. A topic that is deleted and made anew has its name and another id. What is committed may be copied to
 * another cluster, with the text beside it, where the topic is the same to whoever copies and has another id; so the cluster belongs to it.
 *
 * @param cluster stands for the cluster: the hash code of its id, which Java defines
 * @param topic the id that Kafka gave the topic
 */
public record TopicId(int cluster, Uuid topic) {
    private static final int HEXADECIMAL = 16;

    /**
     * Names a topic.
     *
     * @param cluster the id of its cluster
     * @param topic its own
     * @return both
     */
    public static TopicId of(String cluster, Uuid topic) {
        return new TopicId(cluster.hashCode(), topic);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @param text the id of a topic, an at sign, the cluster in hexadecimal digits
     * @return the topic
     * @throws IllegalArgumentException if it is anything else
     */
    public static TopicId parse(String text) {
        int at = text.indexOf('@');
        if (at < 0) {
            throw new IllegalArgumentException(text + " names no cluster");
        }
        return new TopicId(
                Integer.parseUnsignedInt(text.substring(at + 1), HEXADECIMAL), Uuid.fromString(text.substring(0, at)));
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

    @Override
    public String toString() {
        return topic + "@" + Integer.toHexString(cluster);
    }
}
