package io.bywash.runtime.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes a consumer live, ready and started, and what does not. */
class ConsumerHealthTest {
    private static final Duration LIMIT = Duration.ofSeconds(150);

    private static ConsumerHealth health(ConsumerState state, Duration turnAge, PartitionSnapshot... partitions) {
        Optional<Kind> failure = state == ConsumerState.FAILED ? Optional.of(Kind.REFUSED) : Optional.empty();
        GroupSnapshot snapshot = new GroupSnapshot(state, Instant.EPOCH, List.of(partitions));
        return new ConsumerHealth("billing", state, failure, snapshot, turnAge, LIMIT);
    }

    private static PartitionSnapshot partition(int number, Condition condition) {
        return new PartitionSnapshot(
                new TopicPartition("orders", number),
                "order-handler",
                0,
                0,
                0,
                0,
                0,
                Duration.ZERO,
                Set.of(),
                condition,
                List.of(),
                0,
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED,  true,  false, false",
        "STARTING, true,  false, false",
        "RUNNING,  true,  true,  true",
        "DEGRADED, true,  false, true",
        "DRAINING, true,  false, true",
        "CLOSED,   true,  false, true",
        "FAILED,   false, false, false",
    })
    void everyStateHasItsAnswers(ConsumerState state, boolean live, boolean ready, boolean started) {
        Health health = new Health(List.of(health(state, Duration.ZERO)));
        assertEquals(live, Probe.LIVE.isPassedBy(health));
        assertEquals(ready, Probe.READY.isPassedBy(health));
        assertEquals(started, Probe.STARTED.isPassedBy(health));
    }

    @Test
    void aLoopThatNoLongerTurnsIsTheEndOfLiving() {
        assertEquals(Optional.empty(), health(ConsumerState.DEGRADED, LIMIT).notLive());
        assertEquals(
                Optional.of(
                        "the poll loop has not turned for 151 s, and half of max.poll.interval.ms is 150 s; take a thread"
                                + " dump and restart the process"),
                health(ConsumerState.RUNNING, LIMIT.plusSeconds(1)).notLive());
        assertEquals(
                Optional.empty(),
                health(ConsumerState.CLOSED, LIMIT.plusSeconds(1)).notLive(),
                "the loop of a closed consumer is over");
    }

    @Test
    void aFailureSaysItsKindAndWhatToDo() {
        assertEquals(
                Optional.of(
                        "failed (REFUSED) and does not come back by itself; see the log, mend it and restart the process"),
                health(ConsumerState.FAILED, Duration.ZERO).notReady());
    }

    @Test
    void oneConsumerIsEnoughToFailTheWhole() {
        Health health = new Health(
                List.of(health(ConsumerState.RUNNING, Duration.ZERO), health(ConsumerState.STARTING, Duration.ZERO)));
        assertTrue(Probe.LIVE.isPassedBy(health));
        assertFalse(Probe.READY.isPassedBy(health));
        assertFalse(Probe.STARTED.isPassedBy(health));
    }

    @Test
    void aPartitionThatIsHeldUpIsNamedAndFailsNothing() {
        Condition held = new Condition.Held(
                HoldCause.HALTED, true, 7, Optional.empty(), Instant.EPOCH, Optional.empty(), "a halt");
        ConsumerHealth health = health(
                ConsumerState.RUNNING,
                Duration.ZERO,
                partition(0, new Condition.Idle()),
                partition(1, held),
                partition(2, new Condition.Advancing()));
        assertEquals(List.of(partition(1, held)), health.held());
        assertEquals(Optional.empty(), health.notReady());
    }
}
