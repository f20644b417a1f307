package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.settings.FailurePolicy;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class RestTest {
    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(36);

    /** Waiting longer than the group waits for a poll would cost the member its partitions on top. */
    @Test
    void theWaitAfterAFailedPollKeepsTheIntervalBetweenPolls() {
        LoopBench bench = new LoopBench(
                FailurePolicy.DEFAULT, Map.of("max.poll.interval.ms", MAX_POLL_INTERVAL.toMillis()), new IdleTaker());
        bench.assign(1);
        for (int failures = 0; failures < 12; failures++) {
            bench.client.setPollException(new TimeoutException("no answer"));
            int polled = bench.client.polls;
            long began = bench.now();
            while (bench.client.polls == polled) {
                long before = bench.now();
                bench.step();
                Duration turn = Duration.ofNanos(bench.now() - before);
                assertTrue(turn.compareTo(Duration.ofMillis(100)) <= 0, () -> "the loop slept for " + turn);
            }
            Duration wait = Duration.ofNanos(bench.now() - began);
            assertTrue(wait.compareTo(MAX_POLL_INTERVAL.dividedBy(4).plusSeconds(1)) < 0, wait::toString);
        }
    }
}
