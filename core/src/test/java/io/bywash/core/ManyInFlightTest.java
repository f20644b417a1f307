package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RevocationTimes;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A partition that goes with ten thousand calls in flight goes in time, and its next owner makes those again that nobody told of, and no others. */
class ManyInFlightTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final int PARTITIONS = 2;
    private static final int IN_FLIGHT = 10_000;

    /** Every other one of the first is complete in the end, which are more ranges than there is room for. */
    private static final int COMPLETE = 2_000;

    /** Those that are before the partition goes; the others complete meanwhile. */
    private static final int COMPLETE_BEFORE = 1_000;

    private static final int RECORDS = IN_FLIGHT + COMPLETE;

    /** What brokers take by default. */
    private static final int MOST_TEXT = 4_096;

    private static final Duration DRAIN = Duration.ofMillis(2_500);

    /** What a machine that is busy with other things may add. */
    private static final Duration BUSY = Duration.ofSeconds(1);

    @AutoClose
    private final Members members = new Members();

    private final Calls first = new Calls();
    private final Calls second = new Calls();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COOPERATIVE")
    void tenThousandStagesAreGivenUpInTimeAndThoseThatWereToldAreNotBegunAgain(Protocol protocol) {
        handsOver(protocol, Stages::new);
    }

    /** Each has a thread, which platform threads are too dear for. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_24)
    void tenThousandCallsThatBlockAreGivenUpInTimeAndThoseThatWereToldAreNotBegunAgain() {
        handsOver(Protocol.CONSUMER, Blocking::new);
    }

    private void handsOver(Protocol protocol, Function<Calls, TopicHandler<String, String>> shape) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), PARTITIONS, protocol);
        List<List<String>> written = List.of(group.produceTo(0, distinct()), group.produceTo(1, distinct()));
        RevocationTimes revocations = new RevocationTimes();
        EventLog events = new EventLog();
        GroupConsumer one = members.start(member(group, "a", shape.apply(first))
                .environment(revocations.environment())
                .listener(events));
        first.awaitBegun(PARTITIONS * RECORDS);
        written.forEach(values -> first.complete(everyOther(values, 0, COMPLETE_BEFORE)));
        first.forgetBegun();

        GroupConsumer other = members.start(member(group, "b", shape.apply(second)));
        revocations.awaitBegun();
        written.forEach(values -> first.complete(everyOther(values, COMPLETE_BEFORE, COMPLETE)));
        Await.until(
                () -> "a partition each: " + one.assignment() + " and " + other.assignment(),
                () -> one.assignment().size() == 1 && other.assignment().size() == 1);
        second.awaitBegun(1);
        int moved = other.assignment().iterator().next().partition();
        List<String> untold = untold(group, moved, written.get(moved));
        List<String> ofTheFirst =
                protocol.isIncremental() ? List.of() : untold(group, 1 - moved, written.get(1 - moved));
        second.awaitBegun(untold.size());
        first.awaitBegun(ofTheFirst.size());
        first.endAll();
        second.endAll();
        group.awaitNoLag();
        second.assertBegunOnce(untold);
        first.assertBegunOnce(ofTheFirst);

        assertEquals(1, revocations.all().size(), revocations.all()::toString);
        Duration took = revocations.all().get(0);
        assertTrue(took.compareTo(DRAIN.plus(BUSY)) <= 0, () -> "to give up took " + took);
        assertEquals(List.of(), events.of(GroupEvent.AttemptFailed.class), "what was cut short has not failed");
    }

    private static GroupConsumerBuilder member(TestGroup group, String name, TopicHandler<String, String> handler) {
        Timing usual = TestGroup.TIMING;
        return group.member(name, handler)
                .ordering(Ordering.key(PARTITIONS * RECORDS))
                .timing(new Timing(usual.commitInterval(), DRAIN, usual.stuckAfter(), usual.stallAfter()));
    }

    private static List<String> everyOther(List<String> values, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> values.get(2 * i + 1)).toList();
    }

    /** Returns the records of a partition of which the commit does not say that they are complete, which it may say of no others. */
    private static List<String> untold(TestGroup group, int partition, List<String> values) {
        OffsetAndMetadata commit = group.commit(partition).orElseThrow();
        assertEquals(0, commit.offset(), "the first is not complete");
        assertTrue(commit.metadata().length() <= MOST_TEXT, commit::metadata);
        DoneRanges done = CommittedOffset.origin("it", commit).done();
        Set<String> told = new HashSet<>();
        for (int range = 0; range < done.count(); range++) {
            told.addAll(values.subList((int) done.first(range), (int) done.end(range)));
        }
        assertTrue(Set.copyOf(everyOther(values, 0, COMPLETE)).containsAll(told), "what is not complete is told to be");
        assertTrue(told.size() > COMPLETE_BEFORE, () -> "not told of what completed while it went: " + told.size());
        assertTrue(told.size() < COMPLETE, "there is room for all, which shows too little");
        return values.stream().filter(value -> !told.contains(value)).toList();
    }

    private static List<String> distinct() {
        return IntStream.range(0, RECORDS).mapToObj(i -> "key " + i).toList();
    }

    /** The calls of one member, which do not end before the test says so. */
    private static final class Calls {
        private final Map<String, CompletableFuture<Void>> calls = new ConcurrentHashMap<>();
        private final Queue<String> begun = new ConcurrentLinkedQueue<>();
        private volatile boolean over;

        CompletableFuture<Void> begin(ConsumerRecord<String, String> record) {
            CompletableFuture<Void> call = new CompletableFuture<>();
            calls.put(record.value(), call);
            begun.add(record.value());
            if (over) {
                call.complete(null);
            }
            return call;
        }

        void complete(Collection<String> values) {
            values.forEach(value -> calls.get(value).complete(null));
        }

        void endAll() {
            over = true;
            calls.values().forEach(call -> call.complete(null));
        }

        void forgetBegun() {
            begun.clear();
        }

        void awaitBegun(int count) {
            Await.until(() -> begun.size() + " of " + count + " calls have begun", () -> begun.size() >= count);
        }

        void assertBegunOnce(List<String> values) {
            List<String> more = new ArrayList<>(begun);
            Set<String> missing = new HashSet<>(values);
            more.removeIf(missing::remove);
            assertEquals(Set.of(), missing, "not begun");
            assertEquals(List.of(), more, "begun and should not have been");
        }
    }

    private record Stages(Calls calls) implements AsyncTopicHandler<String, String> {
        @Override
        public CompletionStage<?> handleAsync(ConsumerRecord<String, String> record, HandlerContext context) {
            return calls.begin(record);
        }
    }

    private record Blocking(Calls calls) implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) throws Exception {
            calls.begin(record).get();
        }
    }
}
