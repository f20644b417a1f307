package io.bywash.dev;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes one order of the demo slow, and counts the records that pass it: those of the same partition whose call begins and ends while
 * it is in a call. Where it is {@linkplain #judgeBy judged}, a slow call that nobody has passed goes on for as long as somebody could,
 * so that a machine which takes its time is not taken for an order that holds up others. May be used by all threads.
 */
final class SlowOrder implements Around {
    /** The key of the slow order. */
    static final String ID = "order-slow";

    /** How long somebody may take who could pass: so long that only a defect keeps all of them. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration CALL = Duration.ofMillis(300);
    private static final long GLANCE_MILLIS = 50;

    private final Duration patience;
    private final LongAdder calls = new LongAdder();
    private final LongAdder passed = new LongAdder();
    private final Set<SlowCall> underWay = ConcurrentHashMap.newKeySet();
    private volatile Others others = (partition, slowCalls) -> false;
    private volatile Optional<String> problem = Optional.empty();

    /** Tells who could pass. */
    @FunctionalInterface
    interface Others {

        /**
         * Tells whether a record of another key waits that nothing but the slow order can keep from a call.
         *
         * @param partition the partition of the slow order
         * @param slowCalls how many calls are slow at the moment, in all partitions
         */
        boolean couldPass(TopicPartition partition, int slowCalls);
    }

    /** A call that takes long. Each is another one, so it equals itself only. */
    private static final class SlowCall {
        private final TopicPartition partition;
        private final CountDownLatch passed = new CountDownLatch(1);

        SlowCall(TopicPartition partition) {
            this.partition = partition;
        }

        private boolean isPassedWithin(long millis) throws InterruptedException {
            return passed.await(millis, TimeUnit.MILLISECONDS);
        }
    }

    SlowOrder(Duration patience) {
        this.patience = patience;
    }

    /** Finds out from now on whether the order holds up those who could pass it. */
    void judgeBy(Others thoseWhoCould) {
        others = thoseWhoCould;
    }

    @Override
    public void handle(String consumer, ConsumerRecord<?, ?> record, Call call) throws Exception {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        if (!consumer.equals(Verification.DEMO)) {
            call.run();
        } else if (ID.equals(record.key())) {
            handleSlowly(partition, call);
        } else {
            List<SlowCall> before = underWay.stream()
                    .filter(slow -> slow.partition.equals(partition))
                    .toList();
            call.run();
            List<SlowCall> still = before.stream().filter(underWay::contains).toList();
            if (!still.isEmpty()) {
                passed.increment();
                still.forEach(slow -> slow.passed.countDown());
            }
        }
    }

    private void handleSlowly(TopicPartition partition, Call call) throws Exception {
        SlowCall slow = new SlowCall(partition);
        underWay.add(slow);
        try {
            calls.increment();
            Thread.sleep(CALL.toMillis());
            letPass(slow);
            call.run();
        } finally {
            underWay.remove(slow);
        }
    }

    private void letPass(SlowCall slow) throws InterruptedException {
        long began = System.nanoTime();
        boolean over = false;
        while (!over && problem.isEmpty() && !slow.isPassedWithin(0)) {
            if (!others.couldPass(slow.partition, underWay.size())) {
                over = true;
            } else if (System.nanoTime() - began > patience.toNanos()) {
                problem = Optional.of(ID + " held up others: it was in a call for "
                        + CALL.plus(patience).toMillis() + " ms, and no other record of " + slow.partition
                        + " was handled meanwhile, although some waited");
            } else {
                over = slow.isPassedWithin(GLANCE_MILLIS);
            }
        }
    }

    /** Returns what is wrong; nothing if no slow call held up others, or nobody waited who could have shown it. */
    List<String> problems() {
        return problem.stream().toList();
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
