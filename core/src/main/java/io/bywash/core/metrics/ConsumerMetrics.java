package io.bywash.core.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/** The metrics of one consumer. All methods may be called from any thread. Nothing here is touched once per record. */
public final class ConsumerMetrics {
    private final MetricRegistry registry;
    private final String prefix;
    private final Map<Count, Meter> meters = new java.util.EnumMap<>(Count.class);
    private final Counter offsetsLost;
    private final Timer handlerTime;
    private final Map<String, HandlerTimes> ofHandlers = new ConcurrentHashMap<>();
    private final Set<String> ofConsumer = ConcurrentHashMap.newKeySet();
    private final Map<TopicPartition, Set<String>> ofPartitions = new ConcurrentHashMap<>();

    /** What is counted per consumer, as a meter. */
    public enum Count {
        /** Records read from the broker. */
        RECORDS("records"),
        /** Bytes of keys and values read from the broker. */
        BYTES("bytes"),
        /** Records whose handler returned. */
        HANDLED("handled"),
        /** Attempts that failed. */
        FAILED("failed"),
        /** Further attempts made after a failed one. */
        RETRIED("retried"),
        /** Records the dead-letter topic acknowledged. */
        DEAD_LETTERED("dead-lettered"),
        /** Records left out by policy. */
        SKIPPED("skipped"),
        /** Results that came after the partition was gone. */
        LATE("late-results"),
        /** Commits the broker acknowledged. */
        COMMITS("commits"),
        /** Commits that failed. */
        COMMIT_FAILURES("commit-failures"),
        /** Rebalances completed. */
        REBALANCES("rebalances"),
        /** Polls that failed in a way that may pass. */
        POLL_FAILURES("poll-failures");

        private final String metric;

        Count(String metric) {
            this.metric = metric;
        }
    }

    /**
     * Registers the metrics of a consumer.
     *
     * @param registry where to
     * @param consumer the consumer's name
     */
    public ConsumerMetrics(MetricRegistry registry, String consumer) {
        this.registry = registry;
        this.prefix = MetricRegistry.name("bywash", consumer);
        for (Count count : Count.values()) {
            meters.put(count, registry.meter(ofConsumer(count.metric)));
        }
        offsetsLost = registry.counter(ofConsumer("offsets-lost"));
        handlerTime = registry.timer(ofConsumer("handler-time"));
    }

    /**
     * Adds to a count.
     *
     * @param count which one
     * @param by how much
     */
    public void add(Count count, long by) {
        Objects.requireNonNull(meters.get(count)).mark(by);
    }

    /**
     * Adds the number of offsets that retention removed before they were read.
     *
     * @param count how many
     */
    public void offsetsLost(long count) {
        offsetsLost.inc(count);
    }

    /**
     * Returns what takes the times of a handler, and registers it when it is asked for first.
     *
     * @param handler the name of the handler
     * @param clock what the age of records is measured by
     * @return the same for the same handler
     */
    public HandlerTimes handler(String handler, InstantSource clock) {
        return ofHandlers.computeIfAbsent(
                handler,
                name -> new HandlerTimes(
                        handlerTime, histogram(name, "handler-latency"), histogram(name, "end-to-end-delay"), clock));
    }

    private BucketHistogram histogram(String handler, String metric) {
        return registry.register(ofConsumer(MetricRegistry.name(handler, metric)), new BucketHistogram());
    }

    /**
     * Registers a gauge of the whole consumer.
     *
     * @param metric its name
     * @param value reads it; called from the reporter's thread
     */
    public void gauge(String metric, LongSupplier value) {
        register(ofConsumer(metric), value);
    }

    /**
     * Registers a gauge of one partition.
     *
     * @param partition the partition
     * @param metric its name
     * @param value reads it; called from the reporter's thread
     */
    public void gauge(TopicPartition partition, String metric, LongSupplier value) {
        String name = MetricRegistry.name(prefix, partition.topic(), String.valueOf(partition.partition()), metric);
        ofPartitions
                .computeIfAbsent(partition, fresh -> ConcurrentHashMap.newKeySet())
                .add(name);
        register(name, value);
    }

    /**
     * Removes the gauges of a partition.
     *
     * @param partition a partition that is gone
     */
    public void remove(TopicPartition partition) {
        Optional.ofNullable(ofPartitions.remove(partition)).ifPresent(names -> names.forEach(registry::remove));
    }

    /** Removes everything of this consumer, and nothing of another whose name begins like its name. */
    public void removeAll() {
        Set.copyOf(ofPartitions.keySet()).forEach(this::remove);
        ofConsumer.forEach(registry::remove);
    }

    private String ofConsumer(String metric) {
        String name = MetricRegistry.name(prefix, metric);
        ofConsumer.add(name);
        return name;
    }

    private void register(String name, LongSupplier value) {
        registry.remove(name);
        registry.register(name, (Gauge<Long>) value::getAsLong);
    }
}
