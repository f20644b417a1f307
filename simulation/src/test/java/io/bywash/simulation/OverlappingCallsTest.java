package io.bywash.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.RetriableException;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Calls that overlap find handlers that do not bear it, and none that do. */
class OverlappingCallsTest {
    private static final int ROUNDS = 300;

    private static HandlerSimulation<Map<String, String>> orders(
            Function<Map<String, String>, TopicHandler<String, String>> handler) {
        HandlerSimulation<Map<String, String>> simulation = Simulation.of(ConcurrentSkipListMap::new, handler);
        for (int i = 0; i < 40; i++) {
            simulation.record("customer-" + i % 5, "order-" + i);
        }
        return simulation.seed(1).seeds(2);
    }

    private static HandlerReport overlapping(Function<Map<String, String>, TopicHandler<String, String>> handler) {
        return orders(handler).overlapping(ROUNDS).run();
    }

    /** Takes a while, so that another call has the time to begin. */
    private static void work() {
        for (int i = 0; i < 1_000; i++) {
            Thread.onSpinWait();
        }
    }

    /** Keeps the order that it works on in a field, as if there were one at a time. */
    private static final class SharesItsNotes implements TopicHandler<String, String> {
        private final Map<String, String> database;
        private volatile String order = "";

        SharesItsNotes(Map<String, String> database) {
            this.database = database;
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            order = record.value();
            work();
            database.put(order, record.key());
        }
    }

    @Test
    void findAHandlerWhoseCallsGetInEachOthersWay() {
        HandlerReport report = overlapping(SharesItsNotes::new);
        assertEquals(Set.of(Assumption.THREAD_SAFE), report.assumptions(), report::toString);
        assertTrue(report.toString().contains("\nround "), report::toString);
        String how = report.difference(Assumption.THREAD_SAFE).orElseThrow().trace();
        assertTrue(how.contains(" of customer-0 beside order-"), how);
    }

    @Test
    void areRefusedWhereNextToNoneWouldOverlap() {
        assertEquals(
                "calls of neighbouring records overlap where their keys differ, and of 40 records only 0 have another key than the"
                        + " one before; add records of several keys in turn, or leave overlapping out",
                refused(i -> "customer"));
        String keyByKey = refused(i -> "customer-" + i / 8);
        assertTrue(keyByKey.contains("of 40 records only 4 have another key"), keyByKey);
        assertEquals(Set.of(), keyed(i -> "customer-" + i).overlapping(1).run().assumptions());
        assertEquals(Set.of(), keyed(i -> "customer").run().assumptions());
    }

    private static String refused(IntFunction<String> key) {
        HandlerSimulation<Map<String, String>> simulation = keyed(key).overlapping(1);
        return assertThrows(IllegalStateException.class, simulation::run).getMessage();
    }

    private static HandlerSimulation<Map<String, String>> keyed(IntFunction<String> key) {
        HandlerSimulation<Map<String, String>> simulation = Simulation.of(
                ConcurrentSkipListMap::new,
                database -> (record, context) -> database.put(record.value(), record.key()));
        for (int i = 0; i < 40; i++) {
            simulation.record(key.apply(i), "order-" + i);
        }
        return simulation.seeds(1);
    }

    @Test
    void areMadeOnlyIfWanted() {
        assertEquals(Set.of(), orders(SharesItsNotes::new).run().assumptions());
    }

    @Test
    void findAHandlerThatFailsBesideAnotherCall() {
        HandlerReport report = overlapping(database -> {
            AtomicInteger inside = new AtomicInteger();
            return (record, context) -> {
                try {
                    if (inside.incrementAndGet() > 1) {
                        throw new IllegalStateException("two at once");
                    }
                    work();
                    database.put(record.value(), record.key());
                } finally {
                    inside.decrementAndGet();
                }
            };
        });
        assertEquals(Set.of(Assumption.THREAD_SAFE), report.assumptions(), report::toString);
        String how = report.difference(Assumption.THREAD_SAFE).orElseThrow().trace();
        assertTrue(how.contains(" failed: java.lang.IllegalStateException: two at once"), how);
    }

    /** One whose calls exclude each other, and that asks for another attempt where they meet. */
    @Test
    void takeNoConflictForADefectThatAnotherAttemptSolves() {
        HandlerReport report = overlapping(database -> {
            AtomicInteger inside = new AtomicInteger();
            return (record, context) -> {
                try {
                    if (inside.incrementAndGet() > 1) {
                        throw new RetriableException("somebody else is here");
                    }
                    work();
                    database.put(record.value(), record.key());
                } finally {
                    inside.decrementAndGet();
                }
            };
        });
        assertEquals(Set.of(), report.assumptions(), report::toString);
    }

    @Test
    void findNothingWrongWithAHandlerThatBearsThem() {
        HandlerReport report = overlapping(database -> (record, context) -> {
            work();
            if (record.value().endsWith("7")) {
                throw new NonRetriableException("no sevens");
            }
            database.put(record.value(), record.key());
        });
        assertEquals(Set.of(), report.assumptions(), report::toString);
    }

    /** Without threads, which of two neighbours comes first makes a difference to this one. */
    @Test
    void blameTheOrderWhereThatIsToBlame() {
        assertEquals(
                Optional.of(Assumption.ORDER_OF_KEYS),
                found(database -> (record, context) ->
                                database.putIfAbsent(record.value(), "number " + (database.size() + 1)))
                        .map(OverlappingCalls.Found::assumption));
    }

    @Test
    void findAHandlerWhoseCallsWaitForEachOther() {
        Optional<OverlappingCalls.Found> found = found(database -> {
            AtomicInteger inside = new AtomicInteger();
            CountDownLatch never = new CountDownLatch(1);
            return (record, context) -> {
                try {
                    if (inside.incrementAndGet() > 1) {
                        never.await();
                    }
                    work();
                } finally {
                    inside.decrementAndGet();
                }
            };
        });
        assertEquals(Optional.of(Assumption.THREAD_SAFE), found.map(OverlappingCalls.Found::assumption));
        String how = found.orElseThrow().difference().trace();
        assertTrue(how.contains("no call came back within PT0.2S"), how);
    }

    private static Optional<OverlappingCalls.Found> found(
            Function<Map<String, String>, TopicHandler<String, String>> handler) {
        List<KeyedValue> records = IntStream.range(0, 40)
                .mapToObj(i -> new KeyedValue("customer-" + i % 5, "order-" + i))
                .toList();
        HandlerRuns<Map<String, String>> runs =
                new HandlerRuns<>(ConcurrentSkipListMap::new, handler, Map::copyOf, records);
        return new OverlappingCalls<>(runs, Duration.ofMillis(200)).look(ROUNDS);
    }
}
