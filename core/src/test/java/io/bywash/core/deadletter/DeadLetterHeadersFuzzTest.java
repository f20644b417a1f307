package io.bywash.core.deadletter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

/** Whatever headers a record came with, its own stay as they are, and ours come once and do not grow. */
class DeadLetterHeadersFuzzTest {
    private static final int MOST_BYTES_OF_OURS = 30_000;

    @Property(tries = 500)
    void foreignHeadersStayAndOursComeOnce(
            @ForAll("headers") List<Header> inbound, @ForAll String message, @ForAll("handler") String handler) {
        ConsumerRecord<byte[], byte[]> record = record(inbound);
        Headers first = DeadLetterHeaders.of(letter(record, message, handler));
        Headers again = DeadLetterHeaders.of(letter(record(Arrays.asList(first.toArray())), message, handler));
        assertEquals(first.toArray().length, again.toArray().length, "a letter that fails again does not grow");

        List<Header> foreign = new ArrayList<>(inbound);
        foreign.removeIf(header -> header.key().startsWith(DeadLetterHeaders.PREFIX));
        Set<String> ours = new HashSet<>();
        int bytes = 0;
        int index = 0;
        for (Header header : again) {
            if (header.key().startsWith(DeadLetterHeaders.PREFIX)) {
                assertTrue(ours.add(header.key()), header.key() + " comes twice");
                bytes += header.value().length;
            } else {
                assertEquals(foreign.get(index).key(), header.key());
                assertArrayEquals(foreign.get(index).value(), header.value());
                index++;
            }
        }
        assertEquals(foreign.size(), index);
        assertTrue(bytes < MOST_BYTES_OF_OURS, () -> "ours take too much: " + again);
    }

    @Provide
    Arbitrary<List<Header>> headers() {
        Arbitrary<String> names =
                Arbitraries.oneOf(Arbitraries.strings(), Arbitraries.strings().map(DeadLetterHeaders.PREFIX::concat));
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).injectNull(0.1);
        return Combinators.combine(names, values)
                .as((name, value) -> (Header) new RecordHeader(name, value))
                .list()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> handler() {
        return Arbitraries.strings().ascii().ofMaxLength(200);
    }

    private static DeadLetter letter(ConsumerRecord<byte[], byte[]> record, String message, String handler) {
        return new DeadLetter(
                record, "orders", "billing", new DeadLetter.Failure(handler, 3, new IllegalStateException(message)));
    }

    private static ConsumerRecord<byte[], byte[]> record(List<Header> headers) {
        return new ConsumerRecord<>(
                "orders",
                0,
                7,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(headers.toArray(Header[]::new)),
                Optional.empty());
    }
}
