package io.bywash.runtime.config;

import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.LetterRetention;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.RedriveTopic;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Timing;
import io.bywash.runtime.logging.LogContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what a consumer and {@code bywash.defaults} have in common. */
final class OptionsReader {
    private static final int CONCURRENCY = 64;

    private static final Form<Optional<Duration>> TIMEOUT = Form.durationOrOff("attempts.timeout");

    private static final Form<Optional<RedriveTopic>> REDRIVE_TOPIC = new Form<>(
            "the name of a topic with {topic} and {group}, or off",
            text -> text.equals("off") ? Optional.empty() : Optional.of(new RedriveTopic(text)));

    private static final Form<LetterRetention> RETENTION =
            new Form<>("forever, as-brokers, or " + Form.DURATION.expected(), OptionsReader::retention);

    /** The orderings, as configuration spells them. */
    private enum Order {
        PARTITION,
        KEY,
        NONE
    }

    private OptionsReader() {}

    static ConsumerOptions read(Section section) {
        return new ConsumerOptions(
                section.build(() -> ordering(section), Ordering.PARTITION),
                section.read("start-from", StartPosition.FORM).orElseGet(StartFrom.Earliest::new),
                section.read("missing-topics", Form.choice(MissingTopics.class)).orElse(MissingTopics.WAIT),
                section.build(() -> failures(section), FailurePolicy.DEFAULT),
                section.build(() -> batching(section), Batching.DEFAULT),
                section.build(() -> timing(section), Timing.DEFAULT),
                section.build(() -> buffers(section), Buffers.DEFAULT),
                section.build(() -> metadataLimits(section), MetadataLimits.DEFAULT),
                new Decoding(
                        section.read("key-deserializer", Form.TEXT), section.read("value-deserializer", Form.TEXT)),
                section.read("log-context", Form.choice(LogContext.class)).orElse(LogContext.OFF));
    }

    private static Ordering ordering(Section section) {
        int concurrency = section.read("concurrency", Form.WHOLE).orElse(CONCURRENCY);
        // Made whatever the ordering is, so that a number out of range is refused even where it is not used.
        Ordering key = Ordering.key(concurrency);
        return switch (section.read("ordering", Form.choice(Order.class)).orElse(Order.PARTITION)) {
            case PARTITION -> Ordering.PARTITION;
            case KEY -> key;
            case NONE -> Ordering.none(concurrency);
        };
    }

    private static FailurePolicy failures(Section section) {
        FailurePolicy otherwise = FailurePolicy.DEFAULT;
        Section attempts = section.section("attempts");
        return new FailurePolicy(
                attempts.read("max", Form.WHOLE).orElse(otherwise.maxAttempts()),
                attempts.read("timeout", TIMEOUT).orElse(otherwise.attemptTimeout()),
                attempts.build(() -> backoff(attempts.section("backoff")), Backoff.DEFAULT),
                section.read("on-failure", Form.choice(OnFailure.class)).orElse(otherwise.onFailure()),
                Set.copyOf(section.readAll("fail-fast-on", Form.TEXT).orElse(List.of())),
                section.read("dead-letter-topic", Form.TEXT).orElse(otherwise.deadLetterTopic()),
                section.read("dead-letter-retention", RETENTION).orElse(otherwise.letterRetention()),
                section.read("redrive-topic", REDRIVE_TOPIC).orElse(otherwise.redriveTopic()));
    }

    private static LetterRetention retention(String text) {
        return switch (text) {
            case "forever" -> new LetterRetention.Forever();
            case "as-brokers" -> new LetterRetention.AsBrokers();
            default -> new LetterRetention.AtLeast(Form.DURATION.parse().apply(text));
        };
    }

    private static Backoff backoff(Section section) {
        Backoff otherwise = Backoff.DEFAULT;
        return new Backoff(
                section.read("initial", Form.DURATION).orElse(otherwise.initial()),
                section.read("max", Form.DURATION).orElse(otherwise.max()),
                section.read("multiplier", Form.NUMBER).orElse(otherwise.multiplier()),
                section.read("jitter", Form.NUMBER).orElse(otherwise.jitter()));
    }

    private static Batching batching(Section section) {
        Batching otherwise = Batching.DEFAULT;
        Section batch = section.section("batch");
        return new Batching(
                batch.read("max-records", Form.WHOLE).orElse(otherwise.maxRecords()),
                batch.read("max-bytes", Form.BYTES).orElse(otherwise.maxBytes()),
                batch.read("max-wait", Form.DURATION).orElse(otherwise.maxWait()));
    }

    private static Timing timing(Section section) {
        Timing otherwise = Timing.DEFAULT;
        return new Timing(
                section.read("commit-interval", Form.DURATION).orElse(otherwise.commitInterval()),
                section.read("drain-timeout", Form.DURATION).orElse(otherwise.drainTimeout()),
                section.read("stuck-after", Form.DURATION).orElse(otherwise.stuckAfter()),
                section.read("stall-after", Form.DURATION).orElse(otherwise.stallAfter()));
    }

    private static Buffers buffers(Section section) {
        Section buffer = section.section("buffer");
        return new Buffers(
                buffer.read("records-per-partition", Form.WHOLE).orElse(Buffers.DEFAULT.recordsPerPartition()),
                buffer.read("bytes", Form.BYTES).orElse(Buffers.DEFAULT.bytes()));
    }

    private static MetadataLimits metadataLimits(Section section) {
        MetadataLimits otherwise = MetadataLimits.DEFAULT;
        Section limits = section.section("commit-metadata");
        return new MetadataLimits(
                limits.read("per-partition", Form.BYTES).orElse(otherwise.perPartition()),
                limits.read("per-request", Form.BYTES).orElse(otherwise.perRequest()));
    }
}
