package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.thread.Next;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.Test;

/** What becomes of a client that is no member any more goes with it, and whoever listens hears what went. */
class ReplacedClientTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final TopicPartition OTHER = new TopicPartition("orders", 1);

    private static final int MOST_STEPS = 20;

    private final LoopBench bench = new LoopBench(FailurePolicy.DEFAULT, Map.of(), new IdleTaker());

    /** Has the client in use fail as if the group still kept its place for a member before it. */
    private UnreleasedInstanceIdException expel(StubbornClient member) {
        UnreleasedInstanceIdException cause = new UnreleasedInstanceIdException("not yet");
        member.setPollException(cause);
        bench.step();
        return cause;
    }

    private boolean is(ConsumerState wanted) {
        return bench.context.status().state() == wanted;
    }

    private void stepUntil(BooleanSupplier condition) {
        for (int steps = 0; steps < MOST_STEPS && !condition.getAsBoolean(); steps++) {
            bench.step();
        }
        assertTrue(condition.getAsBoolean(), () -> "not after " + MOST_STEPS + " steps: " + bench.events);
    }

    /** The new client has nothing to commit, so no commit of its own would tell that the refusal is over. */
    @Test
    void whatTheOldClientWasRefusedDoesNotDegradeTheNewOne() {
        bench.client.refusal = Optional.of(new GroupAuthorizationException("billing"));
        bench.assign(1);
        stepUntil(() -> is(ConsumerState.DEGRADED));
        expel(bench.client);
        assertTrue(bench.client.closed());
        stepUntil(() -> !bench.successor.subscription().isEmpty());

        bench.successor.commitSync(Map.of(PARTITION, new OffsetAndMetadata(0)), Duration.ZERO);
        bench.assign(bench.successor, 1);
        stepUntil(() -> is(ConsumerState.RUNNING));
        assertTrue(bench.successor.polls > 0, "the new client is polled");
        assertEquals(Set.of(PARTITION), bench.loop.control().assignment());
        assertEquals(1, bench.heard(GroupEvent.CommitFailed.class).size());
    }

    @Test
    void thePartitionsThatGoWithAClientGoWithTheReason() {
        bench.assign(2);
        bench.step();
        assertEquals(Set.of(PARTITION, OTHER), bench.loop.control().assignment());
        UnreleasedInstanceIdException cause = expel(bench.client);
        assertEquals(
                List.of(new GroupEvent.RebalanceFailed(cause, Set.of())),
                bench.heard(GroupEvent.RebalanceFailed.class));
    }

    @Test
    void nobodyHearsOfPartitionsWhenThereWereNone() {
        UnreleasedInstanceIdException cause = expel(bench.client);
        assertSame(cause, bench.heard(GroupEvent.PollFailed.class).get(0).cause());
        assertEquals(List.of(), bench.heard(GroupEvent.RebalanceFailed.class));
    }

    @Test
    void aLoopThatFailsTellsWhyThePartitionsAreGone() {
        IllegalStateException nobodyForesaw = new IllegalStateException("nobody foresaw this");
        bench.assign(1);
        bench.step();
        bench.client.schedulePollTask(() -> {
            throw nobodyForesaw;
        });
        assertEquals(Next.DONE, bench.loop.step());
        assertEquals(
                List.of(new GroupEvent.RebalanceFailed(nobodyForesaw, Set.of())),
                bench.heard(GroupEvent.RebalanceFailed.class));
    }
}
