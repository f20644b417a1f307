package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Gate;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.FailedAtException;
import io.bywash.handler.HandlerContext;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchHandlerTest {

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final Duration LONG = Duration.ofHours(1);

    private TestGroup group;

    static List<Ordering> orderings() {
        return List.of(Ordering.PARTITION, Ordering.key(4), Ordering.none(4));
    }

    /** Keeps what every call was given, and what was handled. */
    private static class Batches implements BatchTopicHandler<String, String> {
        final List<List<String>> calls = new CopyOnWriteArrayList<>();
        final List<ConsumerRecord<String, String>> handled = new CopyOnWriteArrayList<>();

        @Override
        public void handleBatch(List<ConsumerRecord<String, String>> records, HandlerContext context) throws Exception {
            calls.add(records.stream().map(ConsumerRecord::value).toList());
            for (int i = 0; i < records.size(); i++) {
                work(i, records.get(i), context);
                handled.add(records.get(i));
            }
        }

        void work(int index, ConsumerRecord<String, String> record, HandlerContext context) throws Exception {}

        List<String> values() {
            return handled.stream().map(ConsumerRecord::value).toList();
        }
    }

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 1);
    }

    @AfterEach
    void closeGroup() {
        group.close();
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void handsOutEverythingInGroupsThatAreNoLargerThanTheyMayBe(Ordering ordering) {
        group.produceKeyed(1_000, 7);
        Batches handler = new Batches();
        group.start(
                handler, group.builder().ordering(ordering).batching(new Batching(30, 1 << 20, Duration.ofMillis(20))));
        group.awaitCommitted(0, 1_000);
        assertEquals(1_000, handler.handled.size());
        assertTrue(handler.calls.stream().allMatch(call -> call.size() <= 30), () -> "too large: " + handler.calls);
        assertTrue(handler.calls.size() < 500, () -> "hardly any groups: " + handler.calls.size() + " calls");
        if (ordering instanceof Ordering.Partition) {
            assertRises("the partition", handler.handled);
        } else if (ordering instanceof Ordering.Key) {
            assertOrderOfKeys(handler.handled);
        }
    }

    private static void assertOrderOfKeys(List<ConsumerRecord<String, String>> handled) {
        Map<String, List<ConsumerRecord<String, String>>> byKey = new TreeMap<>();
        handled.forEach(record ->
                byKey.computeIfAbsent(record.key(), fresh -> new ArrayList<>()).add(record));
        byKey.forEach(BatchHandlerTest::assertRises);
    }

    private static void assertRises(String what, List<ConsumerRecord<String, String>> handled) {
        List<Long> offsets = handled.stream().map(ConsumerRecord::offset).toList();
        assertEquals(offsets.stream().sorted().toList(), offsets, "the order of " + what);
    }

    @Test
    void givesOnlyRecordsOfOneKeyWhereTheOrderIsByKey() {
        group.produceKeyed(300, 3);
        List<Integer> keysPerCall = new CopyOnWriteArrayList<>();
        BatchTopicHandler<String, String> handler = (records, context) -> keysPerCall.add(
                (int) records.stream().map(ConsumerRecord::key).distinct().count());
        group.start(handler, group.builder().ordering(Ordering.key(4)));
        group.awaitCommitted(0, 300);
        assertEquals(List.of(1), keysPerCall.stream().distinct().toList());
    }

    @Test
    void goesWhenTheFirstHasWaitedLongEnough() {
        Batches handler = new Batches();
        group.start(handler, group.builder().batching(new Batching(1_000, 1 << 20, Duration.ofMillis(300))));
        group.produce(0, "a", "b", "c");
        group.awaitCommitted(0, 3);
        assertEquals(List.of("a", "b", "c"), handler.values());
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void goesWhenItIsFullHoweverLongItMightWait(Ordering ordering) {
        Batches handler = new Batches();
        group.start(handler, group.builder().ordering(ordering).batching(new Batching(5, 1 << 20, LONG)));
        group.produceKeyed(20, 1);
        group.awaitCommitted(0, 20);
        assertEquals(
                List.of(5), handler.calls.stream().map(List::size).distinct().toList());
    }

    @Test
    void goesWhenItHasEnoughBytes() {
        Batches handler = new Batches();
        group.start(handler, group.builder().batching(new Batching(1_000, 20, Duration.ofMillis(50))));
        group.produceKeyed(100, 1);
        group.awaitCommitted(0, 100);
        assertTrue(handler.calls.stream().allMatch(call -> call.size() <= 6), () -> "too many: " + handler.calls);
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void keepsWhatWasHandledBeforeTheNamedRecordAndTriesTheRest(Ordering ordering) {
        Gate gate = new Gate();
        Batches handler = new Batches() {
            private int failures;

            @Override
            void work(int index, ConsumerRecord<String, String> record, HandlerContext context) throws Exception {
                if (record.value().equals("v3") && failures++ == 0) {
                    throw new FailedAtException(index, new IllegalStateException("not yet"));
                }
                if (record.value().equals("v3")) {
                    gate.pass();
                }
            }
        };
        group.start(handler, group.builder().ordering(ordering).batching(new Batching(6, 1 << 20, LONG)));
        group.produceKeyed(6, 1);
        gate.awaitWaiting(1);
        group.awaitCommitted(0, 3);
        gate.open();
        awaitHandled(handler, "v3");
        List<String> values = handler.values();
        assertEquals(List.of("v0", "v1", "v2"), values.subList(0, 3));
        if (ordering instanceof Ordering.None) {
            Eventually.holds(
                    () -> "the rest goes on together, at once and without the one that failed: " + handler.calls,
                    () -> handler.calls.contains(List.of("v4", "v5")));
        } else {
            assertEquals("v3", values.get(3));
        }
        assertEquals(values.stream().distinct().toList(), values, "handled twice");
        // Where those behind it had to wait they are two of the six that make a batch.
        group.awaitCommitted(0, ordering instanceof Ordering.None ? 6 : 4);
    }

    private void awaitHandled(Batches handler, String value) {
        Eventually.holds(
                () -> value + " is handled: " + handler.values(),
                () -> handler.values().contains(value));
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void findsTheOneToBlameWhenNoRecordIsNamed(Ordering ordering) {
        Batches handler = new Batches() {
            @Override
            void work(int index, ConsumerRecord<String, String> record, HandlerContext context) {
                if (record.value().equals("v4")) {
                    throw new IllegalStateException("cannot take it");
                }
            }
        };
        group.start(
                handler, group.builder().ordering(ordering).batching(new Batching(10, 1 << 20, Duration.ofMillis(20))));
        group.produceKeyed(10, 1);
        group.awaitCommitted(0, 10);
        List<ConsumerRecord<byte[], byte[]>> letters = group.awaitDeadLetters(1);
        assertEquals(1, letters.size());
        assertEquals("v4", new String(letters.get(0).value(), StandardCharsets.UTF_8));
        assertTrue(
                handler.values().containsAll(List.of("v0", "v1", "v2", "v3", "v5", "v6", "v7", "v8", "v9")),
                () -> "handled: " + handler.values());
    }

    @Test
    void leavesWhatCannotBeDecodedToItself() {
        Batches handler = new Batches();
        group.produce(0, "a", "b", "poison", "c");
        startPicky(handler);
        group.awaitCommitted(0, 4);
        assertEquals(List.of("a", "b", "c"), handler.values());
        assertEquals(1, group.awaitDeadLetters(1).size());
    }

    /** Were it believed, the one that cannot be decoded would count as handled, of which nobody has heard. */
    @Test
    void aHandlerThatNamesARecordItWasNotGivenIsNotBelieved() {
        Batches handler = new Batches() {
            private boolean failed;

            @Override
            void work(int index, ConsumerRecord<String, String> record, HandlerContext context) throws Exception {
                if (!failed) {
                    failed = true;
                    throw new FailedAtException(3, new IllegalStateException("counted wrong"));
                }
            }
        };
        group.produce(0, "a", "b", "poison", "c");
        startPicky(handler);
        group.awaitCommitted(0, 4);
        assertEquals(List.of("a", "b", "c"), handler.values());
        assertEquals(1, group.awaitDeadLetters(1).size());
    }

    private void startPicky(Batches handler) {
        Deserializer<String> picky = (topic, bytes) -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.equals("poison")) {
                throw new SerializationException("not a value");
            }
            return text;
        };
        group.start(group.builder()
                .batching(new Batching(4, 1 << 20, Duration.ofMillis(50)))
                .handler(handler, StringDeserializer::new, () -> picky));
    }
}
