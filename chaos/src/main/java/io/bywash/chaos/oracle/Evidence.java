package io.bywash.chaos.oracle;

import io.bywash.chaos.load.Produced;
import io.bywash.chaos.worker.CommitText;
import io.bywash.chaos.worker.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * All that a run left behind.
 *
 * @param acknowledged what the brokers acknowledged, but for what went with its log
 * @param erased what they acknowledged and lost with its log
 * @param visible what the final read found
 * @param begins where each partition begins
 * @param history what the workers did
 * @param commits what the coordinator wrote down
 * @param letters the dead letters
 * @param letterTimes when the broker took the first dead letter of a record, in microseconds since 1970
 * @param keeping what the brokers keep
 * @param text whether what is complete was committed beside the offsets
 * @param order which records wait for each other
 * @param faults what was done to the run
 * @param cuts what was replaced of the topic
 */
record Evidence(
        Collection<Produced> acknowledged,
        Collection<Gone> erased,
        Map<Position, Entry> visible,
        Map<Integer, Long> begins,
        History history,
        List<Commit> commits,
        List<Letter> letters,
        Map<Position, Long> letterTimes,
        Keeping keeping,
        CommitText text,
        Order order,
        List<Fault> faults,
        List<Cut> cuts) {
    private static final long MICROS = 1_000;

    /** A process that is not told learns it from the answer to its next heartbeat, on a busy machine. */
    private static final long UNTIL_TOLD = 5_000_000;

    private static final String OWN = "bywash-";
    private static final Comparator<Position> IN_ORDER =
            Comparator.comparingInt(Position::partition).thenComparingLong(Position::offset);

    /** Gathers it. What cannot be read of it is a finding. */
    static Evidence gather(Case run, List<Fault> faults, Findings findings) throws IOException {
        Eras eras = new Eras(run.cuts());
        Map<Position, Entry> visible = new TreeMap<>(IN_ORDER);
        Map<Integer, Long> begins = new HashMap<>();
        Reading.all(
                        run.bootstrap(),
                        run.topic(),
                        findings,
                        record -> visible.put(
                                eras.found(new Position(record.partition(), record.offset())),
                                content(record, record.timestamp())))
                .forEach((partition, begin) -> eras.all(partition).forEach(one -> begins.put(one, begin)));
        List<Letter> letters = new ArrayList<>();
        if (run.topics().contains(run.letterTopic())) {
            Reading.all(run.bootstrap(), run.letterTopic(), findings, record -> letters.add(letter(record)));
        }
        return new Evidence(
                run.acknowledged().stream()
                        .filter(record -> eras.gone(record).isEmpty())
                        .map(eras::acknowledged)
                        .toList(),
                run.acknowledged().stream()
                        .map(eras::gone)
                        .flatMap(Optional::stream)
                        .toList(),
                visible,
                begins,
                History.of(run.journals(), eras),
                CommitLog.of(run, eras, findings),
                letters,
                times(letters),
                run.keeping(),
                run.text(),
                run.order(),
                faults,
                run.cuts());
    }

    /**
     * When a record was complete first, in microseconds since 1970: at its first success, or when the broker took its dead letter.
     */
    Optional<Long> completed(Position at) {
        Optional<Long> success = history.firstSuccess(at);
        return success.isPresent() ? success : Optional.ofNullable(letterTimes.get(at));
    }

    /**
     * When a record was complete first in a way that may be committed, in microseconds since 1970. What an owner finishes that has lost its
     * partition is for the next one to do again.
     */
    Optional<Long> completedByOwner(Position at) {
        Optional<Long> success = history.firstSuccessOfOwner(at);
        return success.isPresent() ? success : Optional.ofNullable(letterTimes.get(at));
    }

    /** By when an owner must have learnt that somebody else has its partition: a while after nothing kept it from that; never if nobody has. */
    long mustKnow(Ownership owner) {
        if (owner.next() == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        long micros = owner.next();
        for (Fault fault : faults) {
            boolean meanwhile =
                    fault.touches(owner.worker()) && fault.micros() - micros <= UNTIL_TOLD && fault.over() > micros;
            micros = meanwhile ? fault.over() : micros;
        }
        return micros + UNTIL_TOLD;
    }

    /** Returns what they acknowledged and erased since, with its log or from the beginning of it. */
    Stream<Produced> gone() {
        return Stream.concat(
                erased.stream().map(Gone::record),
                acknowledged.stream().filter(record -> record.offset() < begins.getOrDefault(record.partition(), 0L)));
    }

    /** Returns the keys of all records that were there, be it for a while, empty for one that has none. */
    SortedMap<Position, String> keys() {
        SortedMap<Position, String> keys = new TreeMap<>(IN_ORDER);
        Stream.concat(erased.stream().map(Gone::record), acknowledged.stream())
                .forEach(record -> keys.put(new Position(record.partition(), record.offset()), record.key()));
        visible.forEach((at, entry) -> keys.put(at, entry.key()));
        return keys;
    }

    /** How many offsets between two records of a partition the final read did not show. */
    long holes() {
        return visible.keySet().stream()
                .collect(Collectors.groupingBy(Position::partition, Collectors.summarizingLong(Position::offset)))
                .values()
                .stream()
                .mapToLong(offsets -> offsets.getMax() - offsets.getMin() + 1 - offsets.getCount())
                .sum();
    }

    private static Entry content(ConsumerRecord<byte[], byte[]> record, long timestamp) {
        String headers = Arrays.stream(record.headers().toArray())
                .filter(header -> !header.key().startsWith(OWN))
                .map(header -> header.key() + "=" + text(header.value()))
                .collect(Collectors.joining(" "));
        return new Entry(text(record.key()), Entry.brief(record.value()), headers, timestamp);
    }

    static Map<Position, Long> times(List<Letter> letters) {
        return letters.stream()
                .collect(Collectors.toMap(Letter::source, letter -> letter.millis() * MICROS, Math::min));
    }

    private static Letter letter(ConsumerRecord<byte[], byte[]> record) {
        int partition = Integer.parseInt(header(record, "bywash-source-partition"));
        long offset = Long.parseLong(header(record, "bywash-source-offset"));
        Header omitted = record.headers().lastHeader("bywash-value-omitted-bytes");
        return new Letter(
                new Position(partition, offset),
                content(record, Long.parseLong(header(record, "bywash-source-timestamp"))),
                omitted == null ? -1 : Integer.parseInt(text(omitted.value())),
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
