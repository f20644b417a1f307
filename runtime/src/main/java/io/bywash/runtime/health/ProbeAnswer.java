package io.bywash.runtime.health;

import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.runtime.config.Form;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The answer to a probe, whose components are the members of the JSON object that is sent. It tells nothing of what is in records, so
 * neither keys nor the messages of exceptions, since anybody may ask.
 *
 * @param status {@code ok} or {@code failed}
 * @param consumers the consumers, in the order of the configuration
 */
public record ProbeAnswer(String status, List<OfConsumer> consumers) {
    private static final String OK = "ok";

    /** Orchestrators read a few kilobytes of an answer. */
    private static final int MOST_NAMED = 100;

    /** Keeps a list of its own. */
    public ProbeAnswer {
        consumers = List.copyOf(consumers);
    }

    /**
     * What is said of a consumer.
     *
     * @param name its name
     * @param state its state, in lower case
     * @param reason why the probe fails; empty if it does not because of this consumer
     * @param secondsSinceTurn how long ago its poll loop last began a turn
     * @param partitions how many it has
     * @param held those that are held up, the first hundred of them
     */
    public record OfConsumer(
            String name,
            String state,
            Optional<String> reason,
            double secondsSinceTurn,
            Counts partitions,
            List<OfPartition> held) {}

    /**
     * How many partitions there are.
     *
     * @param all all that the consumer has
     * @param held those of them that are held up
     */
    public record Counts(int all, int held) {}

    /**
     * What is said of a partition that is held up.
     *
     * @param topic its topic
     * @param partition its number
     * @param cause by what, in lower case with hyphens
     * @param scope {@code partition} for the whole of it, {@code keys} for some
     * @param offset at which record
     * @param since since when
     */
    public record OfPartition(String topic, int partition, String cause, String scope, long offset, Instant since) {}

    static ProbeAnswer of(Probe probe, Health health) {
        return new ProbeAnswer(
                probe.isPassedBy(health) ? OK : "failed",
                health.consumers().stream()
                        .map(consumer -> of(consumer, probe.objectionOf(consumer)))
                        .toList());
    }

    private static OfConsumer of(ConsumerHealth consumer, Optional<String> objection) {
        List<PartitionSnapshot> held = consumer.held();
        return new OfConsumer(
                consumer.name(),
                Form.word(consumer.state()),
                objection,
                consumer.turnAge().toMillis() / 1e3,
                new Counts(consumer.snapshot().partitions().size(), held.size()),
                held.stream().limit(MOST_NAMED).map(ProbeAnswer::of).toList());
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

    /**
     * Returns the status of HTTP that goes with it.
     *
     * @return 200 or 503
     */
    public int httpStatus() {
        return status.equals(OK) ? 200 : 503;
    }
}
