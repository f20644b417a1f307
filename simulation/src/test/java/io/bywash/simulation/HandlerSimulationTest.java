package io.bywash.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.cluster.AssignmentProtocol;
import io.bywash.simulation.schedule.Chance;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The simulation tells authors of handlers what their handlers rely on. */
class HandlerSimulationTest {

    private static HandlerReport simulated(Function<Map<String, String>, TopicHandler<String, String>> handler) {
        return orders(TreeMap::new, handler).run();
    }

    private static HandlerSimulation<Map<String, String>> orders(
            Supplier<Map<String, String>> database,
            Function<Map<String, String>, TopicHandler<String, String>> handler) {
        HandlerSimulation<Map<String, String>> simulation = Simulation.of(database, handler);
        for (int i = 0; i < 40; i++) {
            simulation.record("customer-" + i % 5, "order-" + i);
        }
        return simulation.seed(1);
    }

    /** Saves three orders at a time, to be quick. What is left is saved when the partition goes. */
    private static final class SavesInThrees implements TopicHandler<String, String> {
        private final Map<String, String> database;
        private final Map<String, String> unsaved = new HashMap<>();

        SavesInThrees(Map<String, String> database) {
            this.database = database;
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            unsaved.put(record.value(), record.key());
            if (unsaved.size() == 3) {
                save();
            }
        }

        @Override
        public void revoked(TopicPartition partition) {
            save();
        }

        private void save() {
            database.putAll(unsaved);
            unsaved.clear();
        }
    }

    @Test
    void findsWhatOnlyACrashShows() {
        HandlerSimulation<Map<String, String>> simulation = Simulation.of(TreeMap::new, SavesInThrees::new);
        for (int i = 0; i < 40; i++) {
            simulation.record("customer-" + i % 5, "order-" + i);
        }
        HandlerReport report = simulation.seed(1).run();
        assertEquals(Set.of(Assumption.ORDERLY_END), report.assumptions(), report::toString);
        HandlerReport.Difference lost =
                report.difference(Assumption.ORDERLY_END).orElseThrow();
        assertTrue(((Map<?, ?>) lost.result()).size() < 40, report::toString);
        assertTrue(lost.trace().contains("crashes"), lost.trace());
    }

    @Test
    void findsNothingWrongWithAHandlerThatSavesBeforeItReturns() {
        HandlerReport report = simulated(database -> (record, context) -> database.put(record.value(), record.key()));
        assertEquals(Set.of(), report.assumptions(), report::toString);
    }

    @Test
    void findsAHandlerThatCountsTwiceWhatComesTwice() {
        HandlerReport report =
                simulated(database -> (record, context) -> database.merge(record.key(), "I", String::concat));
        assertEquals(Set.of(Assumption.ONCE), report.assumptions(), report::toString);
        assertTrue(report.toString().contains("shows only once it is idempotent"), report::toString);
    }

    @Test
    void comparesWhatItIsToldToRead() {
        HandlerReport report = orders(
                        TreeMap::new,
                        database -> (record, context) -> database.merge(record.key(), "I", String::concat))
                .result(database -> Set.copyOf(database.keySet()))
                .run();
        assertEquals(Set.of(), report.assumptions(), report::toString);
        assertEquals(
                Set.of("customer-0", "customer-1", "customer-2", "customer-3", "customer-4"),
                report.calm(),
                report::toString);
    }

    /** All but the undisturbed runs with one partition and with two; nothing is known of letters where no record fails. */
    @Test
    void triesAsManySeedsAsItIsTold() {
        AtomicInteger runs = new AtomicInteger();
        orders(
                        () -> {
                            runs.incrementAndGet();
                            return new TreeMap<>();
                        },
                        database -> (record, context) -> database.put(record.value(), record.key()))
                .seeds(2)
                .run();
        assertEquals(1 + 1 + 2 * (Disturbance.values().length - 3), runs.get());
    }

    @Test
    void runsUnderEveryProtocolWithStaticMembersAndWithout() {
        for (Disturbance disturbance : Disturbance.values()) {
            Set<Scenario.Group> groups = LongStream.rangeClosed(1, 100)
                    .mapToObj(seed ->
                            disturbance.scenario(40, new Chance(seed)).group().withFewest())
                    .collect(Collectors.toSet());
            Set<Scenario.Group> all = Stream.of(AssignmentProtocol.values())
                    .flatMap(protocol -> Stream.of(true, false).map(fixed -> new Scenario.Group(protocol, fixed, 2)))
                    .collect(Collectors.toSet());
            assertEquals(all, groups, disturbance::toString);
        }
    }

    @Test
    void findsAHandlerThatMixesKeys() {
        HandlerReport report = simulated(database ->
                (record, context) -> database.putIfAbsent(record.value(), "number " + (database.size() + 1)));
        assertEquals(Set.of(Assumption.ORDER_OF_KEYS), report.assumptions(), report::toString);
    }

    @Test
    void keepsDeadLettersApartFromWhatIsHandled() {
        HandlerReport report = simulated(database -> (record, context) -> {
            if (record.value().endsWith("7")) {
                throw new NonRetriableException("no sevens");
            }
            database.put(record.value(), record.key());
        });
        assertEquals(Set.of(), report.assumptions(), report::toString);
        assertEquals(36, ((Map<?, ?>) report.calm()).size());
    }

    @Test
    void callsABatchHandlerForBatches() {
        Set<Integer> sizes = new TreeSet<>();
        HandlerReport report = simulated(database -> (BatchTopicHandler<String, String>) (records, context) -> {
            sizes.add(records.size());
            records.forEach(record -> database.put(record.value(), record.key()));
        });
        assertEquals(Set.of(), report.assumptions(), report::toString);
        assertTrue(sizes.size() > 1, sizes::toString);
    }

    @Test
    void callsAHandlerOfStagesForStages() {
        HandlerReport report = simulated(database -> (AsyncTopicHandler<String, String>) (record, context) -> {
            database.put(record.value(), record.key());
            return CompletableFuture.completedFuture("done");
        });
        assertEquals(Set.of(), report.assumptions(), report::toString);
    }

    @Test
    void saysThatAStageIsNotComplete() {
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> simulated(database ->
                                (AsyncTopicHandler<String, String>) (record, context) -> new CompletableFuture<>()))
                .getMessage();
        assertTrue(message.contains("is not complete when handleAsync returns"), message);
    }

    @Test
    void saysThatAHandlerKeepsTheRunFromItsEnd() {
        String message = assertThrows(
                        IllegalStateException.class,
                        () -> simulated(database -> (record, context) -> {
                            throw new AssertionError("never");
                        }))
                .getMessage();
        assertTrue(message.startsWith("with seed 1 and disturbance NONE the run did not come to its end: "), message);
    }

    @Test
    void saysWhatIsMissing() {
        HandlerSimulation<Map<String, String>> simulation = Simulation.of(TreeMap::new, SavesInThrees::new);
        assertEquals(
                "there is nothing to handle; give it records with record(key, value)",
                assertThrows(IllegalStateException.class, simulation::run).getMessage());
        assertEquals(
                "seeds is 0, but must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> simulation.seeds(0))
                        .getMessage());
        assertEquals(
                "overlapping is 0, but must be at least 1",
                assertThrows(IllegalArgumentException.class, () -> simulation.overlapping(0))
                        .getMessage());
    }
}
