package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.TopicId;
import io.bywash.core.settings.FailurePolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/**
 * A client that knows of later leaders than a topic has that was made anew leaves its group in good order, and another takes its place: all of
 * that within the time that a stop leaves, if one was asked for meanwhile.
 */
class RenewedClientTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final TopicId FIRST = TopicId.of("cluster", Uuid.randomUuid());
    private static final TopicId SECOND = TopicId.of("cluster", Uuid.randomUuid());

    /** What a client has to leave if nobody is in a hurry. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private Runnable inTheMiddle = () -> {};
    private int sessions;
    private final LoopBench bench = new LoopBench(
            FailurePolicy.DEFAULT, Map.of(), (session, formerQuiet) -> sessions++ == 0 ? new IdleTaker() : busy());

    /** The session of the new topic has a call in flight that has to be asked to give up, long after its partition began to go. */
    private RecordTaker busy() {
        return new IdleTaker() {
            @Override
            public boolean isQuiet() {
                return false;
            }

            @Override
            public void interrupt() {
                inTheMiddle.run();
            }
        };
    }

    private void renew() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, Optional.of(7), "bywash/1 t=" + FIRST)));
        bench.assign(1);
        bench.step();
        answer();
        bench.pass(TopicChanges.SURE);
        assertFalse(bench.client.closed());
        answer();
        assertTrue(bench.client.closed());
    }

    private void answer() {
        TopicIds ids = bench.context.topicIds();
        ids.found(new TopicIds.Look(bench.now(), bench.now(), ids.lastEpoch(), Map.of("orders", SECOND)));
        bench.step();
    }

    @Test
    void itHasTimeToLeave() {
        renew();
        assertEquals(Optional.of(FAREWELL), bench.client.farewell);
        bench.step();
        assertFalse(bench.successor.subscription().isEmpty());
    }

    @Test
    void aStopInTheMiddleLeavesItLess() {
        Duration left = Duration.ofMillis(500);
        inTheMiddle = () -> bench.context.status().close(bench.now() + left.toNanos());
        renew();
        assertEquals(Optional.of(left), bench.client.farewell);
    }

    @Test
    void aStopThatLeavesNothingLeavesItNothing() {
        inTheMiddle = () -> bench.context.status().close(bench.now() - 1);
        renew();
        assertEquals(Optional.of(Duration.ZERO), bench.client.farewell);
    }
}
