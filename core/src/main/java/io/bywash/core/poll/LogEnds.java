package io.bywash.core.poll;

import io.bywash.core.settings.KafkaProperties;

/**
 * Which partitions the client is asked about at one look, for the ends of their logs. The classic client knows them at once. That
 * of {@code group.protocol=consumer} hands each question to a thread of its own and waits for the answer, so it is asked about some
 * at a time, in turn; if there are more, {@link TopicWatch} asks the broker for all of them. Belongs to the poll thread.
 */
final class LogEnds {
    /** A question takes tens of microseconds, and the looks are two a second. */
    static final int QUESTIONS = 100;

    private final int most;
    private int first;

    LogEnds(KafkaProperties kafka) {
        this.most = kafka.usesConsumerProtocol() ? QUESTIONS : Integer.MAX_VALUE;
    }

    /** Tells whether the client is not asked about all of so many. May be called from any thread. */
    static boolean areTooMany(KafkaProperties kafka, int count) {
        return kafka.usesConsumerProtocol() && count > QUESTIONS;
    }

    /** Tells whether the client is asked at this look about the one at a place, which is 0 to less than the count of all. */
    boolean isAsked(int place, int count) {
        return count <= most || Math.floorMod(place - first, count) < most;
    }

    /** Goes on to those whose turn is at the next look. */
    void looked(int count) {
        first = count <= most ? 0 : (first + most) % count;
    }
}
