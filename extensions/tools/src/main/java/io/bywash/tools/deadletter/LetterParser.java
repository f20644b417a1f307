package io.bywash.tools.deadletter;

import io.bywash.core.event.RecordPosition;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * Reads the headers of dead letters. Anybody who may write to the topic may have written them: whatever they hold, a letter comes
 * out, of bounded size.
 */
final class LetterParser {
    static final String PREFIX = "bywash-";

    private static final int MOST_BYTES = 20_000;
    private static final int LONGEST = 5_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private LetterParser() {}

    static Letter parse(ConsumerRecord<byte[], byte[]> record, Letter.State state) {
        String type = text(record, "exception-class");
        return new Letter(
                record,
                source(record),
                text(record, "group"),
                text(record, "handler"),
                whole(record, "attempts"),
                new LetterError(
                        type.isEmpty() ? LetterError.UNKNOWN : type,
                        text(record, "exception-message"),
                        text(record, "exception-stack")),
                whole(record, "redrives").orElse(0),
                state);
    }

    /** Tells whether the letter has not all of the record because that was too large for the topic. */
    static boolean isIncomplete(ConsumerRecord<byte[], byte[]> record) {
        return !text(record, "value-omitted-bytes").isEmpty()
                || !text(record, "key-omitted-bytes").isEmpty();
    }

    private static Optional<RecordPosition> source(ConsumerRecord<byte[], byte[]> record) {
        String topic = text(record, "source-topic");
        OptionalInt partition = whole(record, "source-partition");
        String offset = text(record, "source-offset");
        return topic.isEmpty() || partition.isEmpty() || !NUMBER.matcher(offset).matches()
                ? Optional.empty()
                : Optional.of(
                        new RecordPosition(new TopicPartition(topic, partition.getAsInt()), Long.parseLong(offset)));
    }

    private static OptionalInt whole(ConsumerRecord<byte[], byte[]> record, String name) {
        String text = text(record, name);
        if (!NUMBER.matcher(text).matches()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) Math.min(Integer.MAX_VALUE, Long.parseLong(text)));
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(PREFIX + name);
        if (header == null || header.value() == null) {
            return "";
        }
        byte[] bytes = header.value();
        String text = new String(bytes, 0, Math.min(bytes.length, MOST_BYTES), StandardCharsets.UTF_8);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
