package io.bywash.core.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.fixture.ClosingDeserializer;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.thread.Next;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What others see and hear of the worker of a partition. */
class PartitionWorkerViewTest {
    private static final FailurePolicy POLICY = FailurePolicy.DEFAULT;

    @Test
    void deserialisersThatErrAtTheirEndAreTheirAuthorsBusiness() {
        SteppedPartition partition = new SteppedPartition(
                POLICY,
                (record, context) -> {},
                event -> {},
                () -> new ClosingDeserializer(() -> {
                    throw new LinkageError("half of it is missing");
                }));
        partition.deliver(1);
        partition.settle();
        partition.session().stop();

        assertInstanceOf(Next.Done.class, partition.settle());
        ConsumerFailedException failure = assertInstanceOf(
                ConsumerFailedException.class, partition.fatal().get(0));
        assertEquals(Kind.HANDLER, failure.kind());
        assertTrue(failure.getMessage().startsWith("the deserialisers of handler order-handler"), failure.getMessage());
    }

    /** Other threads look at any moment, and what they see has to have a reason and to add up. */
    @Test
    void aFailureIsSeenAfterWhatWasOverBeforeItAndInPlaceOfItsCall() {
        List<SteppedPartition> self = new ArrayList<>();
        List<Long> waiting = new ArrayList<>();
        List<Integer> calls = new ArrayList<>();
        SteppedPartition partition = new SteppedPartition(
                POLICY,
                (record, context) -> {
                    if (record.offset() == 2) {
                        throw new IllegalStateException("cannot take it");
                    }
                },
                event -> {
                    if (event instanceof AttemptFailed) {
                        PartitionSession session = self.get(0).session();
                        waiting.add(session.queue().waitingRecords());
                        calls.add(session.taker().calls().size());
                    }
                });
        self.add(partition);
        partition.deliver(4);
        partition.settle();

        assertEquals(List.of(2L), waiting, "with two of four complete");
        assertEquals(List.of(1), calls, "before it waits for a retry");
        assertInstanceOf(Obstacle.Blocked.class, partition.session().obstacle());
        assertEquals(List.of(), partition.session().taker().calls());
    }
}
