package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.environment.Environment;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.Load;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Timing;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A commit says what is done: never more, and in time. */
class CommitTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();

    @ParameterizedTest
    @EnumSource
    void neverPassesARecordThatIsNotFinished(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        Gate gate = new Gate();
        members.start(group.member("a", new RecordingHandler("a", log, (record, context) -> {
            if (record.partition() == 0 && record.offset() == 7) {
                gate.pass();
            }
        })));
        group.produceTo(0, 20);
        gate.awaitWaiting(1);
        group.awaitCommitted(0, 7);

        // Commits go on all the while, but not of this partition.
        for (int round = 1; round <= 3; round++) {
            group.produceTo(1, 10);
            group.awaitCommitted(1, 10L * round);
            assertEquals(7, group.committed(0));
        }
        gate.open();
        group.awaitNoLag();
    }

    @Test
    void commitsAtTheInterval() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        Duration interval = Duration.ofSeconds(2);
        Timing usual = TestGroup.TIMING;
        Commits commits = new Commits();
        members.start(group.member("a", new RecordingHandler("a", log))
                .timing(new Timing(interval, usual.drainTimeout(), usual.stuckAfter(), usual.stallAfter()))
                .environment(commits.environment()));
        try (Load load = Load.on(group, 1)) {
            commits.await(4);
            load.stop();
        }
        // The first is the start position, at once; after that they are apart, give or take a turn of the loop.
        List<Long> times = commits.times();
        for (int i = 2; i < 4; i++) {
            long apart = times.get(i) - times.get(i - 1);
            assertTrue(apart >= interval.toNanos() * 9 / 10, () -> "apart by " + apart / 1_000_000 + " ms");
        }
    }

    @Test
    void neverGoesBackAndNeverPassesWhatIsFinishedUnderLoad() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 3);
        Commits commits = new Commits();
        Map<TopicPartition, Long> finished = Collections.synchronizedMap(new HashMap<>());
        commits.check((partition, offset) -> assertTrue(
                offset <= finished.getOrDefault(partition, 0L),
                () -> partition + " committed at " + offset + ", finished below " + finished.get(partition)));
        try (Load load = Load.on(group, 3)) {
            GroupConsumer consumer = members.start(group.member(
                            "a",
                            new RecordingHandler(
                                    "a",
                                    log,
                                    (record, context) ->
                                            // What the engine takes as finished is so only after the return, a little
                                            // later.
                                            finished.put(context.partition(), record.offset() + 1)))
                    .environment(commits.environment()));
            commits.await(30);
            log.awaitValues(load.stop());
            consumer.close();
        }
        commits.assertSoundAndRising();
        group.awaitNoLag();
    }

    @Test
    void commitsAgainWhatFailedToBeCommitted() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        EventLog events = new EventLog();
        AtomicInteger refusals = new AtomicInteger(3);
        Meddler meddler = new Meddler();
        meddler.interceptCommits((consumer, offsets, callback) -> {
            if (refusals.getAndDecrement() > 0) {
                callback.onComplete(offsets, new RetriableCommitFailedException("not now"));
            } else {
                consumer.commitAsync(offsets, callback);
            }
        });
        List<String> written = group.produce(10);
        GroupConsumer member = members.start(group.member("a", new RecordingHandler("a", log))
                .listener(events)
                .environment(meddler.environment()));
        log.awaitValues(written);
        group.awaitNoLag();
        assertEquals(3, events.of(GroupEvent.CommitFailed.class).size());
        assertTrue(member.isReady());
    }

    @FunctionalInterface
    private interface Check {
        void on(TopicPartition partition, long offset);
    }

    /** Watches the commits that one consumer sends while it runs. */
    private static final class Commits {
        private final List<Long> times = Collections.synchronizedList(new ArrayList<>());
        private final Map<TopicPartition, Long> last = new HashMap<>();
        private final List<AssertionError> unsound = Collections.synchronizedList(new ArrayList<>());
        private volatile Check check = (partition, offset) -> {};

        Environment environment() {
            Meddler meddler = new Meddler();
            meddler.interceptCommits((consumer, offsets, callback) -> {
                note(offsets);
                consumer.commitAsync(offsets, callback);
            });
            return meddler.environment();
        }

        void check(Check what) {
            check = what;
        }

        private void note(Map<TopicPartition, OffsetAndMetadata> offsets) {
            times.add(System.nanoTime());
            offsets.forEach((partition, committed) -> {
                try {
                    check.on(partition, committed.offset());
                    Long before = last.put(partition, committed.offset());
                    assertTrue(
                            before == null || before <= committed.offset(),
                            () -> partition + " went back from " + before + " to " + committed.offset());
                } catch (AssertionError e) {
                    unsound.add(e);
                }
            });
        }

        void await(int count) {
            Await.until(() -> count + " commits, there are " + times.size(), () -> times.size() >= count);
        }

        List<Long> times() {
            return List.copyOf(times);
        }

        void assertSoundAndRising() {
            assertEquals(List.of(), List.copyOf(unsound));
        }
    }
}
