package io.bywash.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.TopicHandler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The simulation tells authors of handlers what their handlers make of a partition that goes in good order. */
class HandOverTest {
    private static final List<KeyedValue> ORDERS = IntStream.range(0, 40)
            .mapToObj(i -> new KeyedValue("customer-" + i % 5, "order-" + i))
            .toList();

    private static HandlerReport simulated(Function<Map<String, String>, TopicHandler<String, String>> handler) {
        HandlerSimulation<Map<String, String>> simulation = Simulation.of(TreeMap::new, handler);
        ORDERS.forEach(order -> simulation.record(order.key(), order.value()));
        return simulation.seed(1).run();
    }

    /** What a handler that saves in threes does with what is left. */
    private record Ends(Ending revoked, Ending closed) {}

    private enum Ending {
        SAVES,
        DROPS,
        KEEPS
    }

    private static final class SavesInThrees implements TopicHandler<String, String> {
        private final Map<String, String> database;
        private final BiFunction<String, String, Map<String, String>> form;
        private final Ends ends;
        private final Map<String, String> unsaved = new HashMap<>();
        private int count;

        SavesInThrees(Map<String, String> database, BiFunction<String, String, Map<String, String>> form, Ends ends) {
            this.database = database;
            this.form = form;
            this.ends = ends;
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            unsaved.putAll(form.apply(record.key(), record.value()));
            count++;
            if (count == 3) {
                end(Ending.SAVES);
            }
        }

        @Override
        public void revoked(TopicPartition partition) {
            end(ends.revoked());
        }

        @Override
        public void close() {
            end(ends.closed());
        }

        private void end(Ending how) {
            if (how == Ending.KEEPS) {
                return;
            }
            if (how == Ending.SAVES) {
                database.putAll(unsaved);
            }
            unsaved.clear();
            count = 0;
        }
    }

    private static Map<String, String> byOrder(String customer, String order) {
        return Map.of(order, customer);
    }

    private static Map<String, String> latest(String customer, String order) {
        return Map.of(customer, order);
    }

    /** At the end of the undisturbed run one order is dropped as well; that others are is the difference. */
    @Test
    void findsAHandlerThatDropsWhatItHasNotSaved() {
        HandlerReport report = simulated(
                database -> new SavesInThrees(database, HandOverTest::byOrder, new Ends(Ending.DROPS, Ending.SAVES)));
        assertEquals(Set.of(Assumption.HAND_OVER), report.assumptions(), report::toString);
        assertEquals(39, ((Map<?, ?>) report.calm()).size());
        HandlerReport.Difference lost = report.difference(Assumption.HAND_OVER).orElseThrow();
        assertTrue(((Map<?, ?>) lost.result()).size() < 39, report::toString);
        assertTrue(lost.trace().contains("gives up [orders-0]"), lost.trace());
        assertTrue(report.toString().contains("only once it hands over what it holds"), report::toString);
    }

    @Test
    void findsAHandlerThatNeverSavesWhatIsLeft() {
        HandlerReport report = simulated(
                database -> new SavesInThrees(database, HandOverTest::byOrder, new Ends(Ending.KEEPS, Ending.KEEPS)));
        assertEquals(Set.of(Assumption.HAND_OVER), report.assumptions(), report::toString);
    }

    /** By then the next owner has saved something newer. */
    @Test
    void findsAHandlerThatSavesTooLate() {
        HandlerReport report = simulated(
                database -> new SavesInThrees(database, HandOverTest::latest, new Ends(Ending.KEEPS, Ending.SAVES)));
        assertEquals(Set.of(Assumption.HAND_OVER), report.assumptions(), report::toString);
    }

    /** What one owner has counted the next one does not know. */
    @Test
    void findsAHandlerThatRemembersWhatItDidBefore() {
        HandlerReport report = simulated(database -> {
            Map<String, Integer> orders = new HashMap<>();
            return (record, context) ->
                    database.put(record.key(), "orders: " + orders.merge(record.key(), 1, Integer::sum));
        });
        assertEquals(Set.of(Assumption.HAND_OVER), report.assumptions(), report::toString);
    }

    /** When one of its partitions goes, it drops what it holds of the other. */
    private static final class DropsTheOther implements TopicHandler<String, String> {
        private final Map<String, String> database;
        private final Map<String, ConsumerRecord<String, String>> unsaved = new HashMap<>();

        DropsTheOther(Map<String, String> database) {
            this.database = database;
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            unsaved.put(record.value(), record);
            if (unsaved.size() == 3) {
                unsaved.values().forEach(this::save);
                unsaved.clear();
            }
        }

        @Override
        public void revoked(TopicPartition partition) {
            unsaved.values().stream()
                    .filter(record -> record.partition() == partition.partition())
                    .forEach(this::save);
            unsaved.clear();
        }

        private void save(ConsumerRecord<String, String> record) {
            database.put(record.value(), record.key());
        }
    }

    @Test
    void findsAHandlerThatMixesPartitions() {
        HandlerReport report = simulated(DropsTheOther::new);
        assertEquals(Set.of(Assumption.HAND_OVER, Assumption.ORDERLY_END), report.assumptions(), report::toString);
        String trace = report.difference(Assumption.HAND_OVER).orElseThrow().trace();
        assertTrue(trace.contains("orders-1"), trace);
    }

    /** One that counts twice what comes twice bears a hand-over, by which nothing does. */
    @Test
    void takesNothingForAHandOverThatComesOfARepetition() {
        HandlerReport report =
                simulated(database -> (record, context) -> database.merge(record.key(), "I", String::concat));
        assertEquals(Set.of(Assumption.ONCE), report.assumptions(), report::toString);
    }

    /** Takes a record for handled that it has refused, if that comes again although no attempt can help. */
    private static TopicHandler<String, String> forgiving(Map<String, String> database) {
        return (record, context) -> {
            if (context.attempt() > 1) {
                database.put(record.value(), "was refused before");
            } else if (record.value().endsWith("7")) {
                throw new NonRetriableException("no sevens");
            } else {
                database.put(record.value(), record.key());
            }
        };
    }

    @Test
    void findsAHandlerThatIsGivenWhatItHasRefused() {
        HandlerReport report = simulated(HandOverTest::forgiving);
        assertEquals(Set.of(Assumption.ONCE), report.assumptions(), report::toString);
    }

    /** Members that are taken for dead seldom show this, a dead-letter topic that is down nearly always. */
    @Test
    void aRecordWhoseLetterIsRefusedComesAgain() {
        HandlerRuns<Map<String, String>> runs =
                new HandlerRuns<>(TreeMap::new, HandOverTest::forgiving, Map::copyOf, ORDERS);
        Object calm = runs.play(1, Disturbance.NONE).result();
        List<HandlerRuns.Played> others = LongStream.rangeClosed(1, 20)
                .mapToObj(seed -> runs.play(seed, Disturbance.LETTERS))
                .filter(played -> !played.result().equals(calm))
                .toList();
        assertTrue(others.size() > 10, () -> others.size() + " of 20 runs");
        others.forEach(played -> assertTrue(played.trace().contains("letter the record "), played.trace()));
    }
}
