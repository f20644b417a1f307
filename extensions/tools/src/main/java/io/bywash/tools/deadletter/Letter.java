package io.bywash.tools.deadletter;

import io.bywash.core.event.RecordPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * A dead letter. What its headers say is text that anybody may have written: show it as such, and decide nothing by it.
 *
 * @param record the letter as it was read; key, value and the record's own headers are the original's
 * @param source where the original stands, if the headers say so in a readable way
 * @param group the group that failed, empty if the headers do not say
 * @param handler the handler that failed, empty if the headers do not say
 * @param attempts how often it was tried
 * @param error what the last failure was
 * @param redrives how often it has come back before, 0 if the headers do not say
 * @param state whether it was sent back from here
 */
public record Letter(
        ConsumerRecord<byte[], byte[]> record,
        Optional<RecordPosition> source,
        String group,
        String handler,
        OptionalInt attempts,
        LetterError error,
        int redrives,
        State state) {

    /** Whether a letter is still to be seen to. */
    public enum State {
        /** Nobody has sent it back. */
        PENDING,
        /** It was sent back; what came of it is another letter, or none. */
        REDRIVEN
    }

    /**
     * Returns where the letter itself stands.
     *
     * @return its place in the dead-letter topic
     */
    public RecordPosition position() {
        return new RecordPosition(new TopicPartition(record.topic(), record.partition()), record.offset());
    }

    /**
     * Returns the time of the original.
     *
     * @return the record's timestamp
     */
    public Instant time() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /**
     * Returns the record's own headers.
     *
     * @return all but those that Bywash adds, in their order
     */
    public List<Header> ownHeaders() {
        List<Header> own = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(LetterParser.PREFIX)) {
                own.add(header);
            }
        }
        return own;
    }

    /** Returns about how many bytes it keeps: key, value and headers, and the texts that were made of these. */
    long size() {
        long headers = 0;
        for (Header header : record.headers()) {
            headers += 2L * header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return Math.max(0, record.serializedKeySize())
                + (long) Math.max(0, record.serializedValueSize())
                + headers
                + 2L
                        * (error.type().length()
                                + error.message().length()
                                + error.stack().length());
    }
}
