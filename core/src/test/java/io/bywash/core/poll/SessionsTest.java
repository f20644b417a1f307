package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SessionsTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final TopicPartition OTHER = new TopicPartition("orders", 1);

    private final List<Slow> takers = new ArrayList<>();
    private final Sessions sessions = new Sessions(
            (session, formerQuiet) -> {
                takers.add(new Slow(formerQuiet));
                return takers.get(takers.size() - 1);
            },
            1_000);

    /** Is in a call until it is told that the call is over. */
    private static final class Slow extends IdleTaker {
        private final BooleanSupplier formerQuiet;
        private boolean quiet;

        Slow(BooleanSupplier formerQuiet) {
            this.formerQuiet = formerQuiet;
        }

        @Override
        public boolean isQuiet() {
            return quiet;
        }
    }

    /** Opens a session and loses it while its call runs. */
    private Slow lost(TopicPartition partition) {
        PartitionSession session = sessions.open(partition, Origin.fresh(0, Instant.EPOCH));
        session.lose();
        sessions.forget(List.of(session));
        return takers.remove(0);
    }

    private static void awaitForgotten(WeakReference<Slow> taker) {
        Await.until("a taker that is quiet is kept by nobody", () -> {
            System.gc();
            return taker.get() == null;
        });
    }

    @Test
    void aNewTakerWaitsForAllThatHadThePartitionBefore() {
        Slow first = lost(PARTITION);
        Slow second = lost(PARTITION);
        sessions.open(PARTITION, Origin.fresh(0, Instant.EPOCH));
        Slow third = takers.get(0);
        second.quiet = true;
        assertFalse(third.formerQuiet.getAsBoolean());
        first.quiet = true;
        assertTrue(third.formerQuiet.getAsBoolean());
    }

    /** A taker holds its session, and that its buffer. One that kept its predecessor would keep all of them. */
    @Test
    void aTakerDoesNotKeepThoseBeforeItOnceTheyAreQuiet() {
        WeakReference<Slow> former = new WeakReference<>(lostAndQuiet(PARTITION));
        sessions.open(PARTITION, Origin.fresh(0, Instant.EPOCH));
        assertTrue(takers.get(0).formerQuiet.getAsBoolean());
        awaitForgotten(former);
        assertTrue(takers.get(0).formerQuiet.getAsBoolean());
    }

    @Test
    void theTakerOfAPartitionThatDoesNotComeBackIsForgotten() {
        WeakReference<Slow> gone = new WeakReference<>(lostAndQuiet(PARTITION));
        sessions.open(OTHER, Origin.fresh(0, Instant.EPOCH));
        awaitForgotten(gone);
    }

    /** An assignment is taken in inside a callback of the client, which the whole group waits for. */
    @Test
    void aSessionCostsTheSameHoweverManyThereAre() {
        com.sun.management.ThreadMXBean thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int count = 10_000;
        long before = thread.getCurrentThreadAllocatedBytes();
        for (int partition = 0; partition < count; partition++) {
            sessions.open(new TopicPartition("orders", partition), Origin.fresh(0, Instant.EPOCH));
        }
        long bytes = (thread.getCurrentThreadAllocatedBytes() - before) / count;
        assertTrue(bytes < 10_000, () -> bytes + " bytes for each");
        assertEquals(count, sessions.partitions().size());
    }

    private Slow lostAndQuiet(TopicPartition partition) {
        Slow taker = lost(partition);
        taker.quiet = true;
        return taker;
    }
}
