package io.bywash.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent.EventsDropped;
import io.bywash.core.event.GroupEvent.LateResult;
import io.bywash.core.event.GroupEvent.StateChanged;
import io.bywash.core.thread.Next;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventDispatcherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final StateChanged RUNNING = new StateChanged(ConsumerState.STARTING, ConsumerState.RUNNING);
    private static final StateChanged CLOSED = new StateChanged(ConsumerState.DRAINING, ConsumerState.CLOSED);

    private final List<GroupEvent> heard = new ArrayList<>();

    private static GroupEvent numbered(long number) {
        return new LateResult(new RecordPosition(new TopicPartition("orders", 0), number));
    }

    @Test
    void listenersHearEverythingInOrderAndTheLastEventEndsTheDispatcher() {
        EventDispatcher dispatcher = new EventDispatcher(List.of(heard::add));
        List<GroupEvent> all = List.of(RUNNING, numbered(1), numbered(2), CLOSED);
        dispatcher.publish(all.get(0));
        dispatcher.publish(all.get(1));
        assertInstanceOf(Next.Idle.class, dispatcher.step());
        dispatcher.publish(all.get(2));
        dispatcher.publish(all.get(3));

        assertInstanceOf(Next.Done.class, dispatcher.step());
        assertEquals(all, heard);
    }

    @Test
    void aListenerThatThrowsKeepsNothingFromAnybody() {
        GroupListener throwing = event -> {
            throw new IllegalStateException("a defect of the listener");
        };
        GroupListener broken = event -> {
            throw new NoClassDefFoundError("com/acme/Pager");
        };
        EventDispatcher dispatcher = new EventDispatcher(List.of(throwing, broken, heard::add));
        dispatcher.publish(RUNNING);
        dispatcher.publish(CLOSED);

        assertInstanceOf(Next.Done.class, dispatcher.step());
        assertEquals(List.of(RUNNING, CLOSED), heard);
    }

    @Test
    void aListenerThatIsTooSlowIsToldWhatItMissedWhereItIsMissing() {
        EventDispatcher dispatcher = new EventDispatcher(List.of(heard::add));
        for (int i = 0; i < EventBuffer.BOUND + 3; i++) {
            dispatcher.publish(numbered(i));
        }
        dispatcher.step();
        assertEquals(EventBuffer.BOUND, heard.size());
        assertEquals(numbered(EventBuffer.BOUND - 1), heard.get(heard.size() - 1));

        heard.clear();
        dispatcher.publish(RUNNING);
        dispatcher.publish(numbered(EventBuffer.BOUND + 3));
        dispatcher.step();
        assertEquals(List.of(new EventsDropped(3), RUNNING, numbered(EventBuffer.BOUND + 3)), heard);
    }

    @Test
    void theEndIsToldHoweverMuchWaits() {
        EventDispatcher dispatcher = new EventDispatcher(List.of(heard::add));
        for (int i = 0; i < EventBuffer.BOUND + 1; i++) {
            dispatcher.publish(numbered(i));
        }
        dispatcher.publish(CLOSED);

        assertInstanceOf(Next.Done.class, dispatcher.step());
        assertEquals(CLOSED, heard.get(heard.size() - 1));
        assertEquals(new EventsDropped(1), heard.get(heard.size() - 2));
    }

    @Test
    void aStreamGivesEventsInOrderAndEndsWithTheConsumer() {
        EventDispatcher dispatcher = new EventDispatcher(List.of());
        EventStream stream = new EventStream(dispatcher, event -> true);
        dispatcher.publish(RUNNING);
        dispatcher.publish(numbered(1));
        dispatcher.publish(CLOSED);
        dispatcher.step();

        assertEquals(List.of(RUNNING, numbered(1), CLOSED), readToTheEnd(stream));
        assertEquals(List.of(), readToTheEnd(stream), "a stream that is over stays over");
    }

    @Test
    void aStreamThatIsReadTooSlowlyTellsWhatIsMissingAndStillEnds() {
        EventDispatcher dispatcher = new EventDispatcher(List.of());
        EventStream stream = new EventStream(dispatcher, event -> true);
        for (int i = 0; i < EventBuffer.BOUND + 5; i++) {
            dispatcher.publish(numbered(i));
            dispatcher.step();
        }
        dispatcher.publish(CLOSED);
        dispatcher.step();

        List<GroupEvent> read = readToTheEnd(stream);
        assertEquals(EventBuffer.BOUND + 2, read.size());
        assertEquals(List.of(new EventsDropped(5), CLOSED), read.subList(EventBuffer.BOUND, read.size()));
    }

    @Test
    void aStreamOpenedAfterTheEndIsOver() {
        EventDispatcher dispatcher = new EventDispatcher(List.of());
        dispatcher.publish(CLOSED);
        dispatcher.step();

        assertEquals(List.of(), readToTheEnd(new EventStream(dispatcher, event -> true)));
    }

    @Test
    void closingAStreamEndsItsBlockedReader() throws Exception {
        EventDispatcher dispatcher = new EventDispatcher(List.of());
        EventStream stream = new EventStream(dispatcher, event -> true);
        FutureTask<List<GroupEvent>> reader = new FutureTask<>(() -> read(stream));
        Thread thread = new Thread(reader);
        thread.setDaemon(true);
        thread.start();
        dispatcher.publish(RUNNING);
        dispatcher.step();

        stream.close();
        dispatcher.publish(numbered(1));
        dispatcher.step();
        assertEquals(List.of(RUNNING), reader.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    @Test
    void anInterruptEndsAStreamAndStays() throws ExecutionException, InterruptedException, TimeoutException {
        EventStream stream = new EventStream(new EventDispatcher(List.of()), event -> true);
        FutureTask<Boolean> reader = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            assertFalse(stream.iterator().hasNext());
            return Thread.interrupted();
        });
        new Thread(reader).start();
        assertTrue(reader.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    private static List<GroupEvent> readToTheEnd(EventStream stream) {
        return assertTimeoutPreemptively(PATIENCE, () -> read(stream));
    }

    private static List<GroupEvent> read(EventStream stream) {
        List<GroupEvent> read = new ArrayList<>();
        stream.forEach(read::add);
        return read;
    }
}
