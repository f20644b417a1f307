package io.bywash.core.deadletter;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The headers of a dead letter: the original's byte for byte, and ours, each at most once and of bounded size. Headers of ours on
 * the way in, from an earlier failure, are replaced. Two things are kept of them, as text that decides nothing here: how often the
 * record has come back, and, of one that came back through the redrive topic, where the original stands.
 */
final class DeadLetterHeaders {
    static final String PREFIX = "bywash-";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final int MESSAGE_LIMIT = 1_000;
    private static final int STACK_LIMIT = 4_000;

    private DeadLetterHeaders() {}

    /** The headers of a whole letter. */
    static Headers of(DeadLetter letter) {
        Headers headers = new RecordHeaders();
        for (Header header : letter.record().headers()) {
            if (!header.key().startsWith(PREFIX)) {
                headers.add(header);
            }
        }
        addOwn(headers, letter);
        return headers;
    }

    /** The headers of a letter that is too large: those of the original, which may be the cause, stay behind with the value. */
    static Headers withoutValue(DeadLetter letter) {
        Headers headers = new RecordHeaders();
        addOwn(headers, letter);
        add(headers, "value-omitted-bytes", String.valueOf(letter.record().serializedValueSize()));
        return headers;
    }

    /** The headers of a letter whose key is too large as well. */
    static Headers withoutKey(DeadLetter letter) {
        Headers headers = withoutValue(letter);
        add(headers, "key-omitted-bytes", String.valueOf(letter.record().serializedKeySize()));
        return headers;
    }

    private static void addOwn(Headers headers, DeadLetter letter) {
        ConsumerRecord<byte[], byte[]> record = letter.record();
        add(headers, "source-topic", letter.source());
        add(headers, "source-partition", original(letter, "source-partition", record.partition()));
        add(headers, "source-offset", original(letter, "source-offset", record.offset()));
        add(headers, "source-timestamp", original(letter, "source-timestamp", record.timestamp()));
        add(headers, "group", letter.group());
        add(headers, "handler", letter.failure().handler());
        add(headers, "attempts", String.valueOf(letter.failure().attempts()));
        Throwable cause = letter.failure().cause();
        add(headers, "exception-class", cause.getClass().getName());
        add(headers, "exception-message", limited(String.valueOf(cause.getMessage()), MESSAGE_LIMIT));
        add(headers, "exception-stack", limited(stack(cause), STACK_LIMIT));
        number(record, "redrives").ifPresent(times -> add(headers, "redrives", times));
    }

    /** Says where the original stands, which a record that came back tells in its headers. */
    private static String original(DeadLetter letter, String name, long own) {
        return letter.cameBack()
                ? number(letter.record(), name).orElseGet(() -> String.valueOf(own))
                : String.valueOf(own);
    }

    private static Optional<String> number(ConsumerRecord<?, ?> record, String name) {
        return Optional.ofNullable(record.headers().lastHeader(PREFIX + name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .filter(text -> NUMBER.matcher(text).matches());
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String limited(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit) + "…";
    }

    private static String stack(Throwable cause) {
        StringWriter text = new StringWriter();
        cause.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
