package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.EventStream;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.Load;
import io.bywash.core.fixture.PartitionApp;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.pull.PartitionStream;
import io.bywash.core.pull.ReadRecord;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.Timing;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that reads each partition as a stream of its own. */
class PartitionReaderTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final CallLog log = new CallLog();

    private static PartitionStream<String, String> nextPartition(GroupReader<String, String> reader) {
        return reader.partitions()
                .poll(Duration.ofSeconds(60))
                .orElseThrow(() -> new AssertionError("no partition within a minute, " + reader.state()));
    }

    private static ReadRecord<String, String> next(PartitionStream<String, String> stream) {
        return stream.poll(Duration.ofSeconds(60))
                .orElseThrow(() -> new AssertionError("no record of " + stream.partition() + " within a minute"));
    }

    @ParameterizedTest
    @EnumSource
    void handsOverUnderLoadWithoutLossOrDuplicate(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 4, protocol);
        try (Load load = Load.on(group, 4)) {
            GroupReader<String, String> readerA = group.reader("a").start();
            try (PartitionApp first = PartitionApp.start("a", readerA, log, read -> {})) {
                log.awaitFinished(200);
                Await.until(() -> "a reads " + first.open(), () -> first.open().size() == 4);
                Set<TopicPartition> all = first.open();

                GroupReader<String, String> readerB = group.reader("b").start();
                try (PartitionApp second = PartitionApp.start("b", readerB, log, read -> {})) {
                    Await.until(
                            () -> "a reads " + first.open() + ", b reads " + second.open(),
                            () -> first.open().size() == 2 && second.open().size() == 2);
                    Set<TopicPartition> both = new HashSet<>(first.open());
                    both.addAll(second.open());
                    assertEquals(all, both, "the streams of what was taken away have ended");
                    int before = log.finishedBy("b").size();
                    Await.until("b reads on", () -> log.finishedBy("b").size() > before + 100);
                }
                Await.until("a has all again", () -> first.open().size() == 4);
                List<String> written = load.stop();
                log.awaitValues(written);
                log.assertEachOnceInOrder(written);
            }
        }
        group.awaitNoLag();
    }

    @Test
    void aRebalanceWaitsForTheStreamAndCommitsItsLastMark() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1, Protocol.EAGER);
        group.produce(10);
        try (GroupReader<String, String> first = group.reader("a").start()) {
            PartitionStream<String, String> stream = nextPartition(first);
            assertEquals(0, stream.initialOffset());
            ReadRecord<String, String> inHand = next(stream);
            try (GroupReader<String, String> second = group.reader("b").start()) {
                Await.until("the partition is being taken away", () -> !stream.isOpen());
                assertThrows(RebalanceInProgressException.class, first::commit);
                first.mark(inHand, "seen by a");
                assertEquals(Optional.empty(), second.partitions().poll(Duration.ZERO));
                stream.close();

                Await.until(
                        "somebody has the partition again",
                        () -> first.subscriptions().size()
                                        + second.subscriptions().size()
                                == 1);
                GroupReader<String, String> owner = second.subscriptions().isEmpty() ? first : second;
                try (PartitionStream<String, String> again = nextPartition(owner)) {
                    assertEquals(1, again.initialOffset());
                    assertEquals(Optional.of("seen by a"), again.text());
                    assertEquals(1, next(again).offset());
                }
            }
        }
    }

    @Test
    void aStreamThatIsNotClosedHoldsARebalanceUpOnlySoLong() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        group.produce(2);
        Timing shortDrain =
                new Timing(Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofMinutes(1), Duration.ofMinutes(1));
        EventLog events = new EventLog();
        try (GroupReader<String, String> first =
                group.reader("a").timing(shortDrain).listener(events).start()) {
            List<PartitionStream<String, String>> streams = List.of(nextPartition(first), nextPartition(first));
            List<ReadRecord<String, String>> inHand = List.of(next(streams.get(0)), next(streams.get(1)));
            try (GroupReader<String, String> second = group.reader("b").start()) {
                Await.until("b has a partition", () -> second.subscriptions().size() == 1);
                TopicPartition gone =
                        events.await(GroupEvent.StreamNotClosed.class).partition();
                inHand.forEach(first::mark);
                assertEquals(
                        new RecordPosition(gone, 0),
                        events.await(GroupEvent.LateResult.class).record());
                try (PartitionStream<String, String> again = nextPartition(second)) {
                    assertEquals(gone, again.partition());
                    assertEquals(0, next(again).offset(), "what was not marked in time is read again");
                }
                group.awaitCommitted(1 - gone.partition(), 1);
            }
        }
    }

    @Test
    void aResetEndsTheStreamAndAnotherBegins() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = group.produce(10);
        try (GroupReader<String, String> reader = group.reader("a").start()) {
            try (PartitionStream<String, String> stream = nextPartition(reader)) {
                for (ReadRecord<String, String> read : stream) {
                    reader.mark(read);
                    if (read.offset() == 7) {
                        reader.reset(group.partition(0), 3);
                    }
                }
            }
            try (PartitionStream<String, String> again = nextPartition(reader)) {
                assertEquals(3, again.initialOffset());
                for (String value : written.subList(3, 10)) {
                    assertEquals(value, next(again).record().value());
                }
            }
            group.awaitCommitted(0, 3);
        }
    }

    @Test
    void aSlowReaderHoldsUpItsOwnPartitionAlone() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        group.produceTo(0, 500);
        group.produceTo(1, 5000);
        Gate gate = new Gate();
        GroupReader<String, String> reader = group.reader("a")
                .buffers(new Buffers(100, 1 << 20))
                .kafka(Map.of("max.poll.records", 50))
                .start();
        PartitionApp.Work work = read -> {
            if (read.partition().partition() == 0) {
                gate.pass();
            }
        };
        try (PartitionApp app = PartitionApp.start("a", reader, log, work)) {
            gate.awaitWaiting(1);
            Await.until(
                    "the other partition is read to its end",
                    () -> log.finishedOn(group.partition(1)).size() == 5000);
            Await.until(
                    () -> "only the slow one is paused: " + reader.snapshot(),
                    () -> reasons(reader, group.partition(0)).equals(Set.of(PauseReason.BUFFER_FULL))
                            && reasons(reader, group.partition(1)).isEmpty());
            group.awaitCommitted(1, 5000);
            assertEquals(0, log.finishedOn(group.partition(0)).size());
            gate.open();
            group.awaitCommitted(0, 500);
            assertEquals(2, app.open().size());
        }
    }

    private static Set<PauseReason> reasons(GroupReader<String, String> reader, TopicPartition partition) {
        return reader.snapshot().partitions().stream()
                .filter(one -> one.partition().equals(partition))
                .findFirst()
                .map(PartitionSnapshot::pauseReasons)
                .orElse(Set.of(PauseReason.POSITION));
    }

    @Test
    void notificationsTellEachRebalanceInOrder() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        Set<TopicPartition> both = Set.of(group.partition(0), group.partition(1));
        try (GroupReader<String, String> first = group.reader("a").build();
                EventStream stream = first.notifications()) {
            first.start();
            Iterator<GroupEvent> notifications = stream.iterator();
            assertEquals(new GroupEvent.RebalanceStarted(Set.of()), notifications.next());
            assertEquals(new GroupEvent.RebalanceCompleted(both, Set.of(), both), notifications.next());

            try (GroupReader<String, String> second = group.reader("b").start()) {
                assertEquals(new GroupEvent.RebalanceStarted(both), notifications.next());
                GroupEvent.RebalanceCompleted given = lastOf(notifications, 1);
                assertTrue(both.containsAll(given.current()), given::toString);
                Await.until("b has the other", () -> !second.subscriptions().isEmpty());
            }
            GroupEvent.RebalanceCompleted back = lastOf(notifications, 2);
            assertEquals(both, back.current());
        }
    }

    /** Follows rebalances until one ends with so many partitions; each must fit to the one before. */
    private static GroupEvent.RebalanceCompleted lastOf(Iterator<GroupEvent> notifications, int partitions) {
        Set<TopicPartition> current = null;
        while (true) {
            GroupEvent event = notifications.next();
            if (event instanceof GroupEvent.RebalanceStarted started) {
                assertTrue(
                        current == null || current.equals(started.current()), () -> "not after the last: " + started);
                continue;
            }
            GroupEvent.RebalanceCompleted done = assertInstanceOf(GroupEvent.RebalanceCompleted.class, event);
            assertTrue(done.current().containsAll(done.claimed()), done::toString);
            current = done.current();
            if (current.size() == partitions) {
                return done;
            }
        }
    }

    @Test
    void closingTheReaderEndsStreamsThatWaitAndCommitsWhatIsMarked() throws Exception {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        group.produce(1);
        GroupReader<String, String> reader = group.reader("a").start();
        PartitionApp app = PartitionApp.start("a", reader, log, read -> {});
        log.awaitFinished(1);
        assertTrue(reader.close(Duration.ofSeconds(60)));
        app.close();
        assertEquals(1, group.committed(0));
    }
}
