package io.bywash.dev;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes one order of the demo slow, and counts the records that pass it: those of the same partition that are handled while it is in
 * a call. May be used by all threads.
 */
final class SlowOrder implements Around {
    /** The key of the slow order. */
    static final String ID = "order-slow";

    private static final Duration CALL = Duration.ofMillis(300);

    private final LongAdder calls = new LongAdder();
    private final LongAdder passed = new LongAdder();
    private volatile Optional<TopicPartition> where = Optional.empty();

    @Override
    public void handle(String consumer, ConsumerRecord<?, ?> record, Call call) throws Exception {
        if (!consumer.equals(Verification.DEMO)) {
            call.run();
        } else if (ID.equals(record.key())) {
            where = Optional.of(new TopicPartition(record.topic(), record.partition()));
            calls.increment();
            Thread.sleep(CALL.toMillis());
            call.run();
            where = Optional.empty();
        } else {
            call.run();
            where.filter(slow -> slow.partition() == record.partition()
                            && slow.topic().equals(record.topic()))
                    .ifPresent(slow -> passed.increment());
        }
    }

    /** Says what came of it; nothing if it was not called. */
    Optional<String> summary() {
        return Optional.of(calls.sum())
                .filter(count -> count > 0)
                .map(count -> String.format(
                        Locale.ROOT,
                        "%s: %,d x %d ms; meanwhile %,d other records of its partition were handled",
                        ID,
                        count,
                        CALL.toMillis(),
                        passed.sum()));
    }
}
