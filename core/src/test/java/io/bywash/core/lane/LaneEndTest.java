package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.fixture.ClosingDeserializer;
import io.bywash.handler.TopicHandler;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** However a lane ends, it closes the deserialisers it has made. */
class LaneEndTest {
    private final AtomicInteger closed = new AtomicInteger();

    private SteppedLanes stepped(TopicHandler<byte[], byte[]> handler) {
        return new SteppedLanes(1, 1, handler, () -> new ClosingDeserializer(closed::incrementAndGet));
    }

    @Test
    void aLaneThatIsNeededNoMoreClosesThem() {
        SteppedLanes stepped = stepped((record, context) -> {});
        stepped.deliver(stepped.assign(0), 1);
        stepped.settle();
        assertEquals(0, closed.get());
        stepped.lanes.close();
        stepped.settle();
        assertEquals(1, closed.get());
    }

    @Test
    void aLaneThatFailsByItselfStopsTheConsumerAndClosesThem() {
        SteppedLanes stepped = stepped((record, context) -> {
            throw new IllegalStateException("cannot take it");
        });
        LaneWorker worker = stepped.assign(0);
        stepped.settle();
        stepped.holdCalls();
        stepped.deliver(worker, 1);
        stepped.settle();
        stepped.endCall();
        stepped.atNextSignal(() -> {
            throw new IllegalStateException("the worker must not be told");
        });
        stepped.step("-lane-0");
        ConsumerFailedException failure = assertInstanceOf(ConsumerFailedException.class, stepped.fatal.get(0));
        assertEquals(ConsumerFailedException.Kind.SOFTWARE, failure.kind());
        assertEquals(1, closed.get());
    }
}
