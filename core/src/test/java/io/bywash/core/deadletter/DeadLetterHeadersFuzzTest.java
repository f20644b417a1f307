package io.bywash.core.deadletter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Whatever headers a record came with, its own stay as they are, and ours come once, do not grow, and say what is so. */
class DeadLetterHeadersFuzzTest {
    private static final int MOST_BYTES_OF_OURS = 30_000;
    private static final int MOST_OF_A_MESSAGE = 1_000;

    /** All that there are, without their prefix. */
    private static final List<String> OURS = List.of(
            "source-topic",
            "source-partition",
            "source-offset",
            "source-timestamp",
            "group",
            "handler",
            "attempts",
            "exception-class",
            "exception-message",
            "exception-stack",
            "redrives",
            "value-omitted-bytes",
            "key-omitted-bytes");

    /** What went wrong. */
    private record Failure(String message, String handler, int attempts) {}

    @Property(tries = 500)
    void foreignHeadersStayAndOursComeOnce(
            @ForAll("headers") List<Header> inbound,
            @ForAll("failures") Failure failure,
            @ForAll("sources") String source) {
        Headers first = DeadLetterHeaders.of(letter(record(inbound), failure, source));
        Headers again = DeadLetterHeaders.of(letter(record(Arrays.asList(first.toArray())), failure, source));
        assertEquals(first.toArray().length, again.toArray().length, "a letter that fails again does not grow");

        List<Header> foreign = new ArrayList<>(inbound);
        foreign.removeIf(header -> header.key().startsWith(DeadLetterHeaders.PREFIX));
        Map<String, String> ours = new HashMap<>();
        int bytes = 0;
        int index = 0;
        for (Header header : again) {
            if (header.key().startsWith(DeadLetterHeaders.PREFIX)) {
                String value = new String(header.value(), StandardCharsets.UTF_8);
                assertNull(ours.put(header.key(), value), () -> header.key() + " comes twice");
                bytes += header.value().length;
            } else {
                assertEquals(foreign.get(index).key(), header.key());
                assertArrayEquals(foreign.get(index).value(), header.value());
                index++;
            }
        }
        assertEquals(foreign.size(), index);
        assertTrue(bytes < MOST_BYTES_OF_OURS, () -> "ours take too much: " + again);
        assertTrue(ours.getOrDefault("bywash-exception-stack", "").startsWith(IllegalStateException.class.getName()));
        ours.remove("bywash-exception-stack");
        assertEquals(expected(inbound, failure, source), ours);
    }

    /** Ours but for the stack: what came in under our names counts for the coordinates of one that came back, and for how often it did. */
    private static Map<String, String> expected(List<Header> inbound, Failure failure, String source) {
        boolean cameBack = !source.equals("orders");
        Map<String, String> ours = new HashMap<>();
        ours.put("bywash-source-topic", source);
        Map.of("source-partition", "2", "source-offset", "7", "source-timestamp", "5")
                .forEach((name, own) -> ours.put(
                        DeadLetterHeaders.PREFIX + name,
                        number(inbound, name).filter(told -> cameBack).orElse(own)));
        ours.put("bywash-group", "billing");
        ours.put("bywash-handler", utf8(failure.handler()));
        ours.put("bywash-attempts", String.valueOf(failure.attempts()));
        ours.put("bywash-exception-class", IllegalStateException.class.getName());
        String message = failure.message();
        ours.put(
                "bywash-exception-message",
                utf8(message.length() > MOST_OF_A_MESSAGE ? message.substring(0, MOST_OF_A_MESSAGE) + "…" : message));
        number(inbound, "redrives").ifPresent(times -> ours.put("bywash-redrives", times));
        return ours;
    }

    /** Returns what the last header of a name says, if it is a number. */
    private static Optional<String> number(List<Header> inbound, String name) {
        return inbound.stream()
                .filter(header -> header.key().equals(DeadLetterHeaders.PREFIX + name))
                .reduce((one, later) -> later)
                .filter(header -> header.value() != null)
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .filter(text -> text.matches("[0-9]{1,18}"));
    }

    /** Returns a text as it arrives: without halves of characters. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<List<Header>> headers() {
        Arbitrary<String> names = Arbitraries.oneOf(
                Arbitraries.strings(),
                Arbitraries.strings().map(DeadLetterHeaders.PREFIX::concat),
                Arbitraries.of(OURS).map(DeadLetterHeaders.PREFIX::concat));
        Arbitrary<byte[]> numbers = Arbitraries.longs()
                .between(-1, Long.MAX_VALUE)
                .map(number -> String.valueOf(number).getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> values = Arbitraries.oneOf(
                numbers, Arbitraries.bytes().array(byte[].class).injectNull(0.1));
        return Combinators.combine(names, values)
                .as((name, value) -> (Header) new RecordHeader(name, value))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<Failure> failures() {
        return Combinators.combine(
                        Arbitraries.strings().ofMaxLength(2 * MOST_OF_A_MESSAGE),
                        Arbitraries.strings().ascii().ofMaxLength(200),
                        Arbitraries.integers().greaterOrEqual(1))
                .as(Failure::new);
    }

    /** Its own topic, or the source of the redrive topic that it came back through. */
    @Provide
    Arbitrary<String> sources() {
        return Arbitraries.of("orders", "payments");
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record, Failure failure, String source) {
        return new DeadLetter(
                record,
                source,
                "billing",
                new DeadLetter.Failure(
                        failure.handler(), failure.attempts(), new IllegalStateException(failure.message())));
    }

    private static ConsumerRecord<byte[], byte[]> record(List<Header> headers) {
        return new ConsumerRecord<>(
                "orders",
                2,
                7,
                5,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(headers.toArray(Header[]::new)),
                Optional.empty());
    }
}
