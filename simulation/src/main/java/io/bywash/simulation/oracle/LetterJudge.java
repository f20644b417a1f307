package io.bywash.simulation.oracle;

import io.bywash.core.session.FailedRecord;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.simulation.cluster.PartitionLog;
import io.bywash.simulation.cluster.SimCluster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;

/** Judges dead letters and skipped records: what may end without having been handled, and what a letter must hold. */
final class LetterJudge {
    private static final String PREFIX = "bywash-";

    private final Truth truth;
    private final FailurePolicy failures;
    private final Function<ConsumerRecord<byte[], byte[]>, Prospect> prospects;
    private final IdentityHashMap<ProducerRecord<byte[], byte[]>, Letter> underWay = new IdentityHashMap<>();

    /** Who writes a letter, and about what. */
    private record Letter(Ownership owner, ConsumerRecord<byte[], byte[]> record) {}

    LetterJudge(Truth truth, FailurePolicy failures, Function<ConsumerRecord<byte[], byte[]>, Prospect> prospects) {
        this.truth = truth;
        this.failures = failures;
        this.prospects = prospects;
    }

    void sent(String client, ProducerRecord<byte[], byte[]> letter) {
        truth.tally().add(Tally.Kind.LETTERS_SENT);
        Truth.Place source = source(client, letter);
        long offset = Long.parseLong(header(letter, "source-offset")) % PartitionLog.RETURNED;
        Optional<Ownership> owner = truth.owner(source);
        if (owner.isEmpty()) {
            truth.report(
                    Invariant.I6,
                    source + ": a dead letter for " + offset + " is written although the partition was given up");
            return;
        }
        ConsumerRecord<byte[], byte[]> record =
                truth.of(source.partition()).log().records().get(offset);
        if (record == null) {
            truth.report(Invariant.I7, "a dead letter for a record that does not exist");
            return;
        }
        underWay.put(letter, new Letter(owner.get(), record));
        content(letter, record);
        place(letter);
        givenUp(owner.get(), record, Integer.parseInt(header(letter, "attempts")));
    }

    /** Returns which partition the record of a letter came from: if it had come back, where it came back. */
    Truth.Place source(String client, ProducerRecord<?, ?> letter) {
        boolean returned = Long.parseLong(header(letter, "source-offset")) >= PartitionLog.RETURNED;
        String source = header(letter, "source-topic");
        String topic = failures.redriveTopic()
                .filter(redrive -> returned)
                .map(redrive -> redrive.nameFor(source, Terms.GROUP))
                .orElse(source);
        int partition = Integer.parseInt(header(letter, "source-partition"));
        return new Truth.Place(client, new TopicPartition(topic, partition));
    }

    private static String header(ProducerRecord<?, ?> letter, String name) {
        return header(letter.headers(), name)
                .orElseThrow(() -> new IllegalStateException(
                        "a dead letter has no header bywash-" + name + ": " + letter.headers()));
    }

    private static Optional<String> header(Headers headers, String name) {
        return Optional.ofNullable(headers.lastHeader(PREFIX + name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }

    private void content(ProducerRecord<byte[], byte[]> letter, ConsumerRecord<byte[], byte[]> record) {
        boolean envelope = record.value().length > SimCluster.LARGEST_VALUE
                && letter.value() == null
                && letter.headers().lastHeader("bywash-value-omitted-bytes") != null;
        boolean whole = Arrays.equals(letter.value(), record.value()) && hasHeadersOf(letter, record);
        if (!Arrays.equals(letter.key(), record.key()) || !isOfTheTimeOf(letter, record) || (!envelope && !whole)) {
            truth.report(
                    Invariant.I7, "the dead letter for " + record.offset() + " does not hold what the record held");
        }
    }

    private void place(ProducerRecord<byte[], byte[]> letter) {
        String due = failures.deadLetterTopicFor(header(letter, "source-topic"), Terms.GROUP);
        if (!letter.topic().equals(due)) {
            truth.report(Invariant.I7, "a dead letter is written to " + letter.topic() + " instead of " + due);
        }
    }

    private static boolean isOfTheTimeOf(ProducerRecord<?, ?> letter, ConsumerRecord<?, ?> record) {
        String time = String.valueOf(record.timestamp());
        String first = header(record.headers(), "source-timestamp").orElse(time);
        return time.equals(String.valueOf(letter.timestamp())) && first.equals(header(letter, "source-timestamp"));
    }

    private static boolean hasHeadersOf(ProducerRecord<?, ?> letter, ConsumerRecord<?, ?> record) {
        boolean counted = header(record.headers(), "redrives").equals(header(letter.headers(), "redrives"));
        return counted
                && Arrays.stream(record.headers().toArray())
                        .filter(header -> !header.key().startsWith(PREFIX))
                        .allMatch(header -> header.equals(letter.headers().lastHeader(header.key())));
    }

    private void givenUp(Ownership owner, ConsumerRecord<byte[], byte[]> record, int attempts) {
        long offset = record.offset();
        if (owner.isSurelyComplete(offset)) {
            truth.report(Invariant.I5, owner + ": " + offset + " is given up, although it is complete");
        } else {
            owner.obstacle(record)
                    .ifPresent(before -> truth.report(
                            Invariant.I4, owner + ": " + offset + " is given up before " + before + " is complete"));
        }
        attempts(owner, record, attempts);
    }

    private void attempts(Ownership owner, ConsumerRecord<byte[], byte[]> record, int attempts) {
        long offset = record.offset();
        Optional<FailedRecord> told = owner.told(record);
        int before = told.map(FailedRecord::attempts).orElse(0);
        Prospect prospect = prospects.apply(record);
        PartitionTruth of = truth.of(owner.partition());
        boolean decided = told.filter(FailedRecord::isHalted).isPresent() && of.wasHalted(record);
        boolean last = attempts >= failures.maxAttempts() || prospect != Prospect.OPEN || decided;
        if (!last) {
            truth.report(
                    Invariant.I7,
                    owner + ": " + offset + " is given up after " + attempts + " of " + failures.maxAttempts()
                            + " attempts");
        }
        boolean decoded = prospect == Prospect.UNREADABLE && attempts <= owner.mostAttempts(record);
        if (!decoded && !owner.attempts().mayBe(offset, attempts, before)) {
            truth.report(
                    Invariant.I7,
                    owner + ": " + offset + " is given up after " + attempts
                            + " attempts, as is said, but these were not made");
        }
    }

    /** Judges a record that the engine keeps for an operator. */
    void halted(Ownership owner, ConsumerRecord<byte[], byte[]> record) {
        int before = owner.toldAttempts(record);
        int made = owner.attempts().made(record.offset(), before);
        boolean unreadable = prospects.apply(record) == Prospect.UNREADABLE;
        givenUp(owner, record, unreadable ? owner.mostAttempts(record) : made);
        truth.of(owner.partition()).halted(record);
    }

    void refused(ProducerRecord<byte[], byte[]> letter) {
        underWay.remove(letter);
    }

    void acknowledged(ProducerRecord<byte[], byte[]> letter) {
        truth.tally().add(Tally.Kind.LETTERS);
        Optional.ofNullable(underWay.remove(letter)).ifPresent(written -> {
            Ownership owner = written.owner();
            if (owner.isOver()) {
                truth.of(owner.partition()).isDoneAgain(written.record());
            } else {
                truth.done(owner, written.record().offset());
            }
        });
    }

    /** Judges a record that the engine says it left out by policy. */
    void skipped(Truth.Place place, long offset, int attempts) {
        truth.tally().add(Tally.Kind.SKIPPED);
        truth.owner(place).ifPresent(owner -> {
            ConsumerRecord<byte[], byte[]> record =
                    truth.of(place.partition()).log().records().get(offset);
            if (record == null) {
                truth.report(Invariant.I7, owner + ": " + offset + " is skipped, which does not exist");
                return;
            }
            givenUp(owner, record, attempts);
            truth.done(owner, offset);
        });
    }

    /** Judges a record that the engine left out because an operator told it to. */
    void skippedByOrder(Truth.Place place, long offset) {
        truth.tally().add(Tally.Kind.SKIPPED);
        truth.owner(place).ifPresent(owner -> truth.done(owner, offset));
    }
}
