package io.bywash.chaos.worker;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import io.bywash.chaos.process.ParentWatch;
import io.bywash.core.GroupConsumer;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.Timing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The process of a worker. SIGTERM drains and commits. */
public final class WorkerMain {
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(20), Duration.ofMillis(100), 2, 0.2);
    private static final int FAILED = 1;

    private WorkerMain() {}

    /**
     * Consumes until it is told to stop.
     *
     * @param arguments as {@link WorkerOptions} writes them
     * @throws Exception if it cannot start
     */
    public static void main(String[] arguments) throws Exception {
        ParentWatch.begin();
        WorkerOptions options = WorkerOptions.of(arguments);
        try (Journal journal = new Journal(options.journal())) {
            if (options.memory() == Memory.TIGHT) {
                HeapWatch.begin(journal);
            }
            MetricRegistry metrics = new MetricRegistry();
            JournalingListener listener = new JournalingListener(journal);
            GroupConsumer consumer = builder(options, journal)
                    .metrics(metrics)
                    .listener(listener)
                    .start();
            // Kept from now on: at its end a consumer takes its metrics out of the registry.
            Meter handled = meter(metrics, options, "handled");
            Meter late = meter(metrics, options, "late-results");
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                consumer.close();
                awaitEnd(main);
            }));
            consumer.awaitEnd(Duration.ofHours(2));
            if (consumer.failure().isPresent()) {
                consumer.failure().get().printStackTrace();
                Runtime.getRuntime().halt(FAILED);
            }
            listener.awaitLast();
            journal.write(Mark.COUNTED, -1, handled.getCount(), Math.toIntExact(late.getCount()));
        }
    }

    private static Meter meter(MetricRegistry metrics, WorkerOptions options, String name) {
        return metrics.meter(MetricRegistry.name("bywash", options.member(), name));
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static GroupConsumerBuilder builder(WorkerOptions options, Journal journal) {
        Duration minute = Duration.ofMinutes(1);
        return GroupConsumer.builder()
                .group(options.group())
                .name(options.member())
                .topics(options.topic())
                .kafka(kafka(options))
                .ordering(options.order().ordering())
                .failures(FailurePolicy.DEFAULT
                        .withMaxAttempts(WorkerOptions.ATTEMPTS)
                        .withBackoff(BACKOFF))
                .timing(new Timing(
                        Timing.DEFAULT.commitInterval(), Duration.ofMillis(options.drainMillis()), minute, minute))
                .metadataLimits(limits(options.text()))
                .buffers(options.memory().buffers())
                .handler(
                        new JournalingHandler(journal, options.workMicros()),
                        ByteArrayDeserializer::new,
                        ByteArrayDeserializer::new);
    }

    private static Map<String, Object> kafka(WorkerOptions options) {
        Map<String, Object> kafka =
                new HashMap<>(options.protocol().properties(options.member(), options.sessionMillis()));
        kafka.putAll(options.memory().kafka());
        kafka.put("bootstrap.servers", options.bootstrap());
        kafka.put("max.poll.interval.ms", options.maxPollMillis());
        // Answers that never come are given up in seconds, not in Kafka's half minute.
        kafka.put("request.timeout.ms", 5_000);
        kafka.put("default.api.timeout.ms", 10_000);
        kafka.put("metadata.max.age.ms", 2_000);
        return kafka;
    }

    private static MetadataLimits limits(CommitText text) {
        return switch (text) {
            case KEPT -> MetadataLimits.DEFAULT;
            case CUT -> new MetadataLimits(0, MetadataLimits.DEFAULT.perRequest());
        };
    }
}
