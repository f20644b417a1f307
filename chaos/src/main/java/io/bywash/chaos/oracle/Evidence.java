package io.bywash.chaos.oracle;

import io.bywash.chaos.load.Produced;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * All that a run left behind.
 *
 * @param acknowledged what the brokers acknowledged
 * @param visible what the final read found
 * @param begins where each partition begins
 * @param history what the workers did
 * @param commits what the coordinator wrote down
 * @param letters the dead letters
 * @param letterTimes when the broker took the first dead letter of a record, in microseconds since 1970
 * @param keeping what the brokers keep
 */
record Evidence(
        Collection<Produced> acknowledged,
        Map<Position, Entry> visible,
        Map<Integer, Long> begins,
        History history,
        List<Commit> commits,
        List<Letter> letters,
        Map<Position, Long> letterTimes,
        Keeping keeping) {
    private static final long MICROS = 1_000;

    /** Gathers it. */
    static Evidence gather(Case run) throws IOException {
        Map<Position, Entry> visible =
                new TreeMap<>(Comparator.comparingInt(Position::partition).thenComparingLong(Position::offset));
        Map<Integer, Long> begins = Reading.all(
                run.bootstrap(),
                run.topic(),
                record -> visible.put(
                        new Position(record.partition(), record.offset()),
                        new Entry(text(record.key()), text(record.value()))));
        List<Letter> letters = new ArrayList<>();
        if (run.topics().contains(run.letterTopic())) {
            Reading.all(run.bootstrap(), run.letterTopic(), record -> letters.add(letter(record)));
        }
        return new Evidence(
                run.acknowledged(),
                visible,
                begins,
                History.of(run.journals()),
                CommitLog.of(run.bootstrap(), run.group(), run.topic()),
                letters,
                times(letters),
                run.keeping());
    }

    /**
     * When a record was complete first, in microseconds since 1970: at its first success, or when the broker took its dead letter.
     */
    Optional<Long> completed(Position at) {
        Optional<Long> success = history.firstSuccess(at);
        return success.isPresent() ? success : Optional.ofNullable(letterTimes.get(at));
    }

    private static Map<Position, Long> times(List<Letter> letters) {
        return letters.stream()
                .collect(Collectors.toMap(Letter::source, letter -> letter.millis() * MICROS, Math::min));
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        int partition = Integer.parseInt(header(record, "bywash-source-partition"));
        long offset = Long.parseLong(header(record, "bywash-source-offset"));
        Header omitted = record.headers().lastHeader("bywash-value-omitted-bytes");
        return new Letter(
                new Position(partition, offset),
                text(record.value()),
                omitted == null ? 0 : Integer.parseInt(text(omitted.value())),
                record.timestamp());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null) {
            throw new IllegalStateException("the dead letter at " + record.offset() + " has no header " + name);
        }
        return text(header.value());
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
