package io.bywash.monitoring;

import com.sun.net.httpserver.Headers;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.runtime.config.Form;
import io.bywash.runtime.health.ConsumerHealth;
import io.bywash.runtime.health.Health;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer to a probe: 200 or 503, and as JSON why. It tells nothing of what is in records, so neither keys nor the messages of
 * exceptions, since anybody may ask.
 */
final class HealthPage implements Page {
    /** Orchestrators read a few kilobytes of an answer. */
    private static final int MOST_NAMED = 100;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Probe probe;
    private final Supplier<Health> health;

    /** The answer for the whole. */
    private record Body(String status, List<OfConsumer> consumers) {}

    /** What is said of a consumer: of all partitions how many are held up, and of those the first in full. */
    private record OfConsumer(
            String name,
            String state,
            Optional<String> reason,
            double secondsSinceTurn,
            Counts partitions,
            List<OfPartition> held) {}

    /** How many partitions there are, and how many of them do not move. */
    private record Counts(int all, int held) {}

    /** What is said of a partition that is held up: by what, the whole of it or some keys, at which offset and since when. */
    private record OfPartition(String topic, int partition, String cause, String scope, long offset, Instant since) {}

    HealthPage(Probe probe, Supplier<Health> health) {
        this.probe = probe;
        this.health = health;
    }

    @Override
    public Reply answer(Headers request) {
        Health now = health.get();
        boolean passed = probe.isPassedBy(now);
        Body body = new Body(
                passed ? "ok" : "failed", now.consumers().stream().map(this::of).toList());
        return new Reply(passed ? 200 : 503, Map.of("Content-Type", "application/json"), JSON.writeValueAsBytes(body));
    }

    private OfConsumer of(ConsumerHealth consumer) {
        List<PartitionSnapshot> held = consumer.held();
        return new OfConsumer(
                consumer.name(),
                Form.word(consumer.state()),
                probe.objectionTo(consumer),
                consumer.turnAge().toMillis() / 1e3,
                new Counts(consumer.snapshot().partitions().size(), held.size()),
                held.stream().limit(MOST_NAMED).map(HealthPage::of).toList());
    }

    private static OfPartition of(PartitionSnapshot partition) {
        Condition.Held held = (Condition.Held) partition.condition();
        return new OfPartition(
                partition.partition().topic(),
                partition.partition().partition(),
                Form.word(held.cause()),
                held.isWhole() ? "partition" : "keys",
                held.offset(),
                held.since());
    }
}
