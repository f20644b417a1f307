package io.bywash.core.lane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.fixture.ClosingDeserializer;
import io.bywash.core.thread.Next;
import io.bywash.handler.TopicHandler;
import java.util.List;
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

    /** A handler whose deserialisers are closed with an error, that of values, which goes first, before that of keys. */
    private HandlerBinding<byte[], byte[]> erring(String name) {
        TopicHandler<byte[], byte[]> handler = (record, context) -> {};
        return new HandlerBinding<>(
                name,
                handler,
                () -> new ClosingDeserializer(closed::incrementAndGet),
                () -> new ClosingDeserializer(() -> {
                    throw new LinkageError("half of " + name + " is missing");
                }));
    }

    private SteppedLanes withCallersThatErrAtTheirEnd() {
        SteppedLanes stepped = stepped((record, context) -> {
            throw new IllegalStateException("cannot take it");
        });
        stepped.deliver(stepped.assign(0, erring("orders")), 1);
        stepped.deliver(stepped.assign(1, erring("returns")), 1);
        stepped.settle();
        return stepped;
    }

    @Test
    void anErrorAtTheEndOfOneHandlersDeserialisersKeepsNoOthersOpenAndStopsTheConsumer() {
        SteppedLanes stepped = withCallersThatErrAtTheirEnd();
        stepped.lanes.close();
        assertEquals(Next.DONE, stepped.step("-lane-0"));
        assertEquals(2, closed.get());
        assertNamesBoth(stepped.fatal);
    }

    @Test
    void soItIsForALaneThatFailsByItself() {
        SteppedLanes stepped = withCallersThatErrAtTheirEnd();
        LaneWorker worker = stepped.assign(2);
        stepped.settle();
        stepped.holdCalls();
        stepped.deliver(worker, 1);
        stepped.settle();
        stepped.endCall();
        IllegalStateException failure = new IllegalStateException("nobody foresaw this");
        stepped.atNextSignal(() -> {
            throw failure;
        });
        assertEquals(Next.DONE, stepped.step("-lane-0"));
        assertEquals(3, closed.get());
        assertSame(failure, stepped.fatal.get(0).getCause());
        assertNamesBoth(stepped.fatal.subList(1, 3));
    }

    private static void assertNamesBoth(List<Throwable> failures) {
        assertEquals(2, failures.size(), failures::toString);
        for (String name : List.of("orders", "returns")) {
            ConsumerFailedException failure = failures.stream()
                    .filter(one -> one.getMessage().contains("handler " + name))
                    .map(ConsumerFailedException.class::cast)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(failures.toString()));
            assertEquals(ConsumerFailedException.Kind.HANDLER, failure.kind());
            assertInstanceOf(LinkageError.class, failure.getCause());
        }
    }
}
