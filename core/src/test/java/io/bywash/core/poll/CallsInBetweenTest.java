package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.TakerFactory;
import io.bywash.core.settings.FailurePolicy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

/** Calls are looked after whatever else the poll thread is about. */
class CallsInBetweenTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final Duration LATE = LIMIT.dividedBy(2);
    private static final TopicPartition FIRST = new TopicPartition("orders", 0);
    private static final TopicPartition SECOND = new TopicPartition("orders", 1);

    private final Calls calls = new Calls();
    private final LoopBench bench = new LoopBench(FailurePolicy.DEFAULT.withAttemptTimeout(LIMIT), Map.of(), calls);

    /** Each partition is in a call that does not return until it is timed out, and long after. */
    private final class Calls implements TakerFactory {
        private final Map<TopicPartition, Long> timedOut = new HashMap<>();
        private int turns;

        @Override
        public RecordTaker create(PartitionSession session, BooleanSupplier formerQuiet) {
            return new InCall(session);
        }

        @Override
        public void turn() {
            turns++;
        }
    }

    private final class InCall implements RecordTaker {
        private final PartitionSession session;

        InCall(PartitionSession session) {
            this.session = session;
        }

        @Override
        public void start() {}

        @Override
        public void signal() {}

        @Override
        public boolean isQuiet() {
            return false;
        }

        @Override
        public void interrupt() {}

        @Override
        public List<CallInFlight> calls() {
            return List.of(new CallInFlight(new CallInFlight.Id(0, 0, "lane"), Optional::empty, List::of));
        }

        @Override
        public void timeOut(CallInFlight.Id call) {
            calls.timedOut.putIfAbsent(session.partition(), bench.now());
        }
    }

    @Test
    void aCallTimesOutWhileTheLoopKeepsFromPolling() {
        bench.assign(2);
        for (int failures = 0; failures < 7; failures++) {
            bench.client.setPollException(new TimeoutException("no answer"));
            int polled = bench.client.polls;
            while (bench.client.polls == polled) {
                bench.step();
            }
        }
        // By now it rests for more than five seconds.
        calls.timedOut.clear();
        int polled = bench.client.polls;
        long began = bench.now();
        while (bench.client.polls == polled) {
            bench.step();
        }
        assertTrue(bench.now() - began > LIMIT.plus(LATE).toNanos(), "it rested long enough to tell");
        assertEquals(Set.of(FIRST, SECOND), calls.timedOut.keySet());
        calls.timedOut
                .values()
                .forEach(when -> assertTrue(when - began <= LATE.toNanos(), "in the middle of the rest"));
    }

    @Test
    void aCallTimesOutInTimeAlthoughAPartitionIsWaitedFor() {
        bench.assign(2);
        long began = bench.now();
        int turns = calls.turns;
        bench.client.rebalance(List.of(SECOND));
        assertTrue(bench.now() - began >= LoopBench.DRAIN.toNanos() / 2, "the calls of the first were waited for");
        long late = calls.timedOut.get(SECOND) - began - LIMIT.toNanos();
        assertTrue(late <= LATE.toNanos(), () -> "a partition that stays felt the drain for " + late + " ns");
        assertTrue(calls.turns > turns, "lanes were looked after");
    }
}
