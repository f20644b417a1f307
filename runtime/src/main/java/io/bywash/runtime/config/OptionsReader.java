package io.bywash.runtime.config;

import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Timing;
import java.util.List;
import java.util.Set;

/** Reads what a consumer and {@code bywash.defaults} have in common. */
final class OptionsReader {
    private OptionsReader() {}

    static ConsumerOptions read(Section section) {
        return new ConsumerOptions(
                section.read("ordering", Ordering.FORM).orElse(Ordering.PARTITION),
                section.read("start-from", StartPosition.FORM).orElseGet(StartFrom.Earliest::new),
                section.read("missing-topics", Form.choice(MissingTopics.class)).orElse(MissingTopics.WAIT),
                section.build(() -> failures(section), FailurePolicy.DEFAULT),
                section.build(() -> timing(section), Timing.DEFAULT),
                section.build(() -> buffers(section), Buffers.DEFAULT),
                new Decoding(
                        section.read("key-deserializer", Form.TEXT), section.read("value-deserializer", Form.TEXT)));
    }

    private static FailurePolicy failures(Section section) {
        FailurePolicy otherwise = FailurePolicy.DEFAULT;
        Section attempts = section.section("attempts");
        return new FailurePolicy(
                attempts.read("max", Form.WHOLE).orElse(otherwise.maxAttempts()),
                attempts.build(() -> backoff(attempts.section("backoff")), Backoff.DEFAULT),
                section.read("on-failure", Form.choice(OnFailure.class)).orElse(otherwise.onFailure()),
                Set.copyOf(section.readAll("fail-fast-on", Form.TEXT).orElse(List.of())),
                section.read("dead-letter-topic", Form.TEXT).orElse(otherwise.deadLetterTopic()));
    }

    private static Backoff backoff(Section section) {
        Backoff otherwise = Backoff.DEFAULT;
        return new Backoff(
                section.read("initial", Form.DURATION).orElse(otherwise.initial()),
                section.read("max", Form.DURATION).orElse(otherwise.max()),
                section.read("multiplier", Form.NUMBER).orElse(otherwise.multiplier()),
                section.read("jitter", Form.NUMBER).orElse(otherwise.jitter()));
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
}
