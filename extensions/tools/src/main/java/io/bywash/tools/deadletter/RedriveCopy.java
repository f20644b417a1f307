package io.bywash.tools.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * A letter on its way back: key, value, timestamp and the record's own headers as they are, where the original stands, how often it has
 * come back, and which letter this was. What the failure was stays behind, as another one may follow.
 *
 * @param letter the letter
 * @param topic where it goes
 */
record RedriveCopy(Letter letter, String topic) {
    private static final List<String> KEPT = List.of(
            LetterParser.PREFIX + "source-topic",
            LetterParser.PREFIX + "source-partition",
            LetterParser.PREFIX + "source-offset",
            LetterParser.PREFIX + "source-timestamp");

    /** Makes the record, for the partition of the original's number where there is one. */
    ProducerRecord<byte[], byte[]> record(int partitions) {
        OptionalInt own = letter.source().stream()
                .mapToInt(source -> source.partition().partition())
                .findAny();
        return new ProducerRecord<>(
                topic,
                own.orElse(letter.record().partition()) % partitions,
                letter.record().timestamp() < 0 ? null : letter.record().timestamp(),
                letter.record().key(),
                letter.record().value(),
                headers());
    }

    private Headers headers() {
        Headers headers = new RecordHeaders();
        for (Header header : letter.record().headers()) {
            if (!header.key().startsWith(LetterParser.PREFIX) || KEPT.contains(header.key())) {
                headers.add(header);
            }
        }
        add(headers, "redrives", String.valueOf(letter.redrives() + 1));
        add(headers, "redriven-from", letter.position().toString());
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(LetterParser.PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }
}
