package io.bywash.core.pull;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Await;
import io.bywash.core.thread.Bell;
import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One thread at a time waits for elements, and every way to the end wakes it. */
class FeedTest {
    private final Queue<String> elements = new ConcurrentLinkedQueue<>();
    private final AtomicInteger supplyClosed = new AtomicInteger();
    private final Bell bell = new Bell();
    private volatile boolean over;
    private volatile String stale = "";
    private volatile Runnable afterLook = () -> {};
    private final Feed<String> feed = new Feed<>("the test feed", Ticker.SYSTEM, bell, new Supply<>() {
        @Override
        public Optional<String> take() {
            Optional<String> element = Optional.ofNullable(elements.poll());
            afterLook.run();
            return element;
        }

        @Override
        public boolean isCurrent(String element) {
            return !element.equals(stale);
        }

        @Override
        public boolean isOver() {
            return over;
        }

        @Override
        public void close() {
            supplyClosed.incrementAndGet();
        }
    });

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    private void put(String element) {
        elements.add(element);
        bell.ring();
    }

    private FutureTask<Boolean> waitInThread() {
        FutureTask<Boolean> waiting = new FutureTask<>(() -> feed.iterator().hasNext());
        Thread thread = new Thread(waiting, "first-reader");
        thread.start();
        Await.until("the thread waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        return waiting;
    }

    private static boolean result(FutureTask<Boolean> waiting) throws Exception {
        return waiting.get(60, TimeUnit.SECONDS);
    }

    @Test
    void wakesForAnElement() throws Exception {
        FutureTask<Boolean> waiting = waitInThread();
        put("a");
        assertTrue(result(waiting));
    }

    @Test
    void closingEndsTheLoopOfAThreadThatWaits() throws Exception {
        FutureTask<Boolean> waiting = waitInThread();
        feed.close();
        assertFalse(result(waiting));
        assertEquals(1, supplyClosed.get());
    }

    @Test
    void theEndWakesAThreadThatWaits() throws Exception {
        FutureTask<Boolean> waiting = waitInThread();
        over = true;
        bell.ring();
        assertFalse(result(waiting));
        assertEquals(0, supplyClosed.get(), "the supply lives until the feed is closed");
    }

    @Test
    void refusesASecondThreadAndNamesBoth() throws Exception {
        FutureTask<Boolean> waiting = waitInThread();
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> feed.poll(Duration.ZERO));
        assertTrue(
                refused.getMessage().startsWith("the test feed is being read by Thread[")
                        && refused.getMessage().contains("first-reader")
                        && refused.getMessage().contains(Thread.currentThread().getName())
                        && refused.getMessage().endsWith("let one thread read it and hand the records on"),
                refused.getMessage());
        put("a");
        assertTrue(result(waiting));
        assertEquals(Optional.of("a"), feed.poll(Duration.ZERO), "what one thread saw, the next one gets");
    }

    @Test
    void nothingComesAfterClosing() {
        put("a");
        put("b");
        Iterator<String> loop = feed.iterator();
        assertTrue(loop.hasNext());
        feed.close();
        feed.close();
        assertFalse(loop.hasNext(), "not even what was seen already");
        assertEquals(Optional.empty(), feed.poll(Duration.ZERO));
        assertThrows(NoSuchElementException.class, loop::next);
        assertEquals(1, supplyClosed.get());
    }

    @Test
    void whatWasSeenIsNotHandedOutOnceItNoLongerCounts() {
        put("old");
        put("new");
        assertTrue(feed.iterator().hasNext());
        stale = "old";
        assertEquals(Optional.of("new"), feed.poll(Duration.ZERO));
    }

    @Test
    void anInterruptEndsTheLoopAndStays() {
        put("a");
        Thread.currentThread().interrupt();
        assertFalse(feed.iterator().hasNext());
        assertTrue(Thread.interrupted());
        assertTrue(feed.iterator().hasNext(), "the element waits for the next loop");
    }

    @Test
    void anInterruptWakesAThreadThatWaits() throws Exception {
        FutureTask<Boolean> waiting = new FutureTask<>(
                () -> feed.iterator().hasNext() || !Thread.currentThread().isInterrupted());
        Thread thread = new Thread(waiting);
        thread.start();
        Await.until("the thread waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
        thread.interrupt();
        assertFalse(result(waiting));
    }

    @Test
    void pollGivesUpInTime() {
        assertEquals(Optional.empty(), feed.poll(Duration.ZERO));
        assertEquals(Optional.empty(), feed.poll(Duration.ofMillis(5)));
        assertEquals(Optional.empty(), feed.poll(Duration.ofSeconds(-1)));
        put("a");
        assertEquals(Optional.of("a"), feed.poll(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    /** A missed ring would leave the thread waiting for ever. */
    @Test
    void missesNothingThatIsPutWhileItLooks() throws Exception {
        afterLook = () -> {
            afterLook = () -> {};
            put("just missed");
        };
        FutureTask<String> reading = new FutureTask<>(() -> feed.iterator().next());
        new Thread(reading).start();
        assertEquals("just missed", reading.get(60, TimeUnit.SECONDS));
    }
}
