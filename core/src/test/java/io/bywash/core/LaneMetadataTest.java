package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CapturedLog;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.Ordering;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is complete beyond the committed offset is told with it, and believed by whoever comes next; if it cannot be told, the offset still is. */
class LaneMetadataTest {
    private static final int ACCEPTED = 100;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @RegisterExtension
    static final EmbeddedKafkaExtension NARROW = EmbeddedKafkaExtension.perClass(
            EmbeddedKafka.builder().property("offset.metadata.max.bytes", String.valueOf(ACCEPTED)));

    /** Less than the shortest text there is. */
    @RegisterExtension
    static final EmbeddedKafkaExtension MUTE =
            EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder().property("offset.metadata.max.bytes", "7"));

    @AutoClose
    private final Members members = new Members();

    private final KeyLog log = new KeyLog();
    private final KeyLog later = new KeyLog();
    private final Gate gate = new Gate();

    static Stream<Ordering> orderings() {
        return Stream.of(Ordering.PARTITION, Ordering.key(8), Ordering.none(8));
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void whatWasCompleteAndCommittedIsNotHandledAgainAfterAnAbruptEnd(Ordering ordering) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = group.produceTo(0, distinct(300));
        Set<Long> slow = Set.of(0L, 7L, 8L, 150L);
        Meddler meddler = new Meddler();
        GroupConsumer first =
                members.start(holding(group, slow).ordering(Ordering.key(8)).environment(meddler.environment()));
        gate.awaitWaiting(slow.size());
        awaitTold(group, 0, slow, 300);
        meddler.cutOff();
        first.close(Duration.ofMillis(200));

        members.start(group.member("b", later.handler()).ordering(ordering));
        group.awaitNoLag();
        assertEquals(List.of(written.get(0), written.get(7), written.get(8), written.get(150)), sorted(later.begun()));
        assertFalse(text(group).contains("d="), "nothing is left to tell");
    }

    @Test
    void whatIsToldIsHandedOnFromOwnerToOwner() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = group.produceTo(0, distinct(100));
        GroupConsumer first = members.start(holding(group, Set.of(0L, 50L)).ordering(Ordering.key(8)));
        gate.awaitWaiting(2);
        awaitTold(group, 0, Set.of(0L, 50L), 100);
        first.close(Duration.ofMillis(500));

        Gate second = new Gate();
        GroupConsumer inOrder = members.start(group.member("b", later.handler((record, context) -> {
            if (record.offset() == 50) {
                second.pass();
            }
        })));
        second.awaitWaiting(1);
        awaitTold(group, 50, Set.of(50L), 100);
        inOrder.close(Duration.ofMillis(500));

        members.start(group.member("c", later.handler()).ordering(Ordering.none(8)));
        group.awaitNoLag();
        assertEquals(List.of(written.get(0), written.get(50), written.get(50)), later.begun());
    }

    @ParameterizedTest
    @EnumSource
    void aBrokerThatTakesLittleTextStillGetsTheOffsets(Protocol protocol) {
        TestGroup group = TestGroup.on(NARROW.cluster(), 1, protocol);
        group.produceTo(0, distinct(800));
        EventLog events = new EventLog();
        // Every other record waits, so that what is complete cannot be told in a hundred characters.
        GroupConsumer consumer = members.start(group.member("a", log.handler((record, context) -> {
                    if (record.offset() % 2 == 1) {
                        gate.pass();
                    }
                }))
                .ordering(Ordering.key(256))
                .listener(events));
        gate.awaitWaiting(256);
        // Not what came of a commit that was made before so many waited.
        Await.until(
                "the broker refuses the whole",
                () -> !events.of(GroupEvent.CommitFailed.class).isEmpty());
        group.awaitCommitted(0, 1);
        Await.until(() -> "ranges in " + group.commit(0), () -> text(group).contains(" d="));
        assertTrue(text(group).length() <= ACCEPTED, () -> text(group));

        gate.open();
        group.awaitNoLag();
        assertTrue(consumer.close(Duration.ofSeconds(20)));
        group.awaitNoLag();
        log.assertOrder();
    }

    @ParameterizedTest
    @EnumSource
    void aBrokerThatTakesNoTextStillGetsTheOffsets(Protocol protocol) {
        TestGroup group = TestGroup.on(MUTE.cluster(), 1, protocol);
        group.produceTo(0, distinct(20));
        GroupConsumer consumer = members.start(holding(group, Set.of(10L)).ordering(Ordering.key(8)));
        group.awaitCommitted(0, 10);
        assertEquals("", text(group));
        consumer.close(Duration.ofMillis(500));

        gate.open();
        members.start(holding(group, Set.of()).ordering(Ordering.key(8)));
        group.awaitNoLag();
    }

    @Test
    void aBrokerThatTakesLessFromNowOnStillGetsTheOffsets() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = group.produceTo(0, distinct(300));
        Gate first = new Gate();
        Meddler meddler = new Meddler();
        GroupConsumer consumer = members.start(group.member("a", log.handler((record, context) -> {
                    if (record.offset() == 1) {
                        first.pass();
                    } else if (record.offset() % 2 == 1) {
                        gate.pass();
                    }
                }))
                .ordering(Ordering.key(100))
                .environment(meddler.environment()));
        first.awaitWaiting(1);
        gate.awaitWaiting(99);
        Await.until(() -> "much is told: " + group.commit(0), () -> text(group).length() > 200);
        meddler.interceptCommits((client, offsets, callback) -> {
            if (offsets.values().stream().anyMatch(offset -> offset.metadata().length() > 100)) {
                callback.onComplete(offsets, new OffsetMetadataTooLarge("too much of late"));
            } else {
                client.commitAsync(offsets, callback);
            }
        });
        first.open();
        group.awaitCommitted(0, 3);
        assertTrue(text(group).contains(" d="), () -> text(group));
        gate.open();
        log.awaitValues(written);
        group.awaitNoLag();
        assertTrue(consumer.isReady());
    }

    @Test
    void tellsNoMoreThanItIsAllowedTo() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        group.produceTo(0, distinct(1_200));
        members.start(group.member("a", log.handler((record, context) -> {
                    if (record.offset() % 2 == 1) {
                        gate.pass();
                    }
                }))
                .ordering(Ordering.key(500))
                .metadataLimits(new MetadataLimits(512, 512)));
        gate.awaitWaiting(500);
        Await.until(() -> "it is nearly full: " + text(group), () -> text(group).length() > 500);
        assertTrue(text(group).length() <= 512, () -> text(group));
        gate.open();
        group.awaitNoLag();
    }

    @ParameterizedTest
    @ValueSource(strings = {"somebody else's", "bywash/2 d=AwEA", "bywash/1 s=yesterday d=VSe6AQEA"})
    void whatIsForeignOrDamagedIsPassedOverWithOneWarning(String text) {
        List<String> warnings = passesOver(text);
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).endsWith("it is ignored, the offset 5 counts"), warnings::toString);
    }

    /**
     * What a later version may add, or nobody could go back to an earlier one in peace; ranges that are damaged, or stand beside another
     * offset than they were written for, as those do that were copied to another cluster.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bywash/1 z=AwEA",
                "bywash/1 d=",
                "bywash/1 d=AwE",
                "bywash/1 d=!!!!",
                "bywash/1 d=AP________9_AA",
                // Offset 6, first without the check, then with that of the same text beside offset 6.
                "bywash/1 d=AQEA",
                "bywash/1 d=d66DAQEA"
            })
    void whatIsNotForThisVersionOrThisOffsetIsPassedOverWithoutAWord(String text) {
        assertEquals(List.of(), passesOver(text));
    }

    /** Returns what the log says of the partition. */
    private List<String> passesOver(String text) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = group.produceTo(0, distinct(20));
        group.commit(0, new OffsetAndMetadata(5, Optional.empty(), text));
        try (CapturedLog lines = new CapturedLog(Map.of("io.bywash.core.commit", Level.WARN))) {
            members.start(group.member("a", log.handler()).ordering(Ordering.key(8)));
            group.awaitNoLag();
            log.assertEachOnce(written.subList(5, 20));
            return lines.with("the commit of " + group.partition(0));
        }
    }

    @Test
    void rangesBeyondTheEndOfTheLogDoNoHarm() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = group.produceTo(0, distinct(20));
        // Offset 6, and the thousand from 100 on, which nobody has written yet.
        group.commit(0, new OffsetAndMetadata(5, Optional.empty(), "bywash/1 d=WF3-AQEAXecH"));
        members.start(group.member("a", log.handler()).ordering(Ordering.key(8)));
        Await.until(
                () -> "all but one: " + log.finished().size(),
                () -> log.finished().size() == 14);
        List<String> expected = new ArrayList<>(written.subList(5, 20));
        expected.remove(1);
        log.assertEachOnce(expected);
        group.awaitCommitted(0, 20);
    }

    private GroupConsumerBuilder holding(TestGroup group, Set<Long> offsets) {
        return group.member("a", log.handler((record, context) -> {
            if (offsets.contains(record.offset())) {
                gate.pass();
            }
        }));
    }

    /** Waits until all but some records are told to be complete. */
    private static void awaitTold(TestGroup group, long committed, Set<Long> incomplete, long end) {
        TreeSet<Long> sorted = new TreeSet<>(incomplete);
        Await.until(
                () -> "all but " + sorted + " is told: " + group.commit(0),
                () -> group.commit(0)
                        .filter(commit -> commit.offset() == committed)
                        .map(commit -> CommittedOffset.origin("it", commit).done())
                        .filter(done -> missing(done, committed, end).equals(sorted))
                        .isPresent());
        assertTrue(text(group).contains(" d="), () -> text(group));
    }

    private static TreeSet<Long> missing(DoneRanges done, long from, long end) {
        TreeSet<Long> missing = new TreeSet<>();
        for (long offset = from; offset < end; offset++) {
            missing.add(offset);
        }
        for (int range = 0; range < done.count(); range++) {
            for (long offset = done.first(range); offset < done.end(range); offset++) {
                missing.remove(offset);
            }
        }
        return missing;
    }

    private static String text(TestGroup group) {
        return group.commit(0).map(OffsetAndMetadata::metadata).orElse("");
    }

    private static List<String> sorted(List<String> values) {
        return values.stream()
                .sorted((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)))
                .toList();
    }

    private static List<String> distinct(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key " + i).toList();
    }
}
