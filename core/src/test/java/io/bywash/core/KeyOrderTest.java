package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.KeyLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.Ordering;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records with the same key wait for each other, and no others do. */
class KeyOrderTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private static final int AT_ONCE = 32;

    @AutoClose
    private final Members members = new Members();

    private final KeyLog log = new KeyLog();
    private final Gate gate = new Gate();

    @ParameterizedTest
    @EnumSource
    void keepsTheOrderOfEveryKeyWhateverItsCallsTake(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 3, protocol);
        Random random = new Random(1);
        List<String> written = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            written.addAll(group.produceTo(partition, keys(random, 40, 3_000)));
        }
        start(group, Ordering.key(64), this::takesItsTime);
        log.awaitValues(written);
        log.assertOrder();
        log.assertEachOnce(written);
        assertTrue(log.mostInFlight() > 16, () -> "at most " + log.mostInFlight() + " calls at once");
        group.awaitNoLag();
    }

    @Test
    void worksOnManyKeysOfAPartitionAtOnce() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = group.produceTo(0, distinct(AT_ONCE));
        start(group, Ordering.key(AT_ONCE), gate::pass);
        gate.awaitWaiting(AT_ONCE);
        gate.open();
        log.awaitValues(written);
        group.awaitNoLag();
    }

    @Test
    void recordsWithoutAKeyWaitForNoOther() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = group.produceTo(0, AT_ONCE);
        start(group, Ordering.key(AT_ONCE), gate::pass);
        gate.awaitWaiting(AT_ONCE);
        gate.open();
        log.awaitValues(written);
        log.assertEachOnce(written);
        group.awaitNoLag();
    }

    @Test
    void withoutAnOrderNotEvenTheSameKeyIsWaitedFor() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = group.produceTo(0, Collections.nCopies(AT_ONCE, "the same"));
        start(group, Ordering.none(AT_ONCE), gate::pass);
        gate.awaitWaiting(AT_ONCE);
        gate.open();
        log.awaitValues(written);
        log.assertEachOnce(written);
        group.awaitNoLag();
    }

    @Test
    void doesNotWorkOnMoreAtOnceThanItIsTold() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 3);
        List<String> written = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            written.addAll(group.produceTo(partition, distinct(400)));
        }
        start(group, Ordering.key(5), this::takesItsTime);
        log.awaitValues(written);
        assertEquals(5, log.mostInFlight());
        group.awaitNoLag();
    }

    @Test
    void oneLaneWorksThroughEverything() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 3);
        List<String> written = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            written.addAll(group.produceTo(partition, keys(new Random(1), 10, 1_000)));
        }
        start(group, Ordering.key(1), () -> {});
        log.awaitValues(written);
        log.assertOrder();
        log.assertEachOnce(written);
        assertEquals(1, log.mostInFlight());
        group.awaitNoLag();
    }

    @Test
    void aSlowKeyHoldsUpNobodyElse() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        List<String> slow = group.produceTo(0, Collections.nCopies(10, "slow"));
        List<String> others = new ArrayList<>(group.produceTo(0, keys(new Random(1), 300, 3_000)));
        others.addAll(group.produceTo(1, keys(new Random(2), 300, 3_000)));
        startWithSlowKey(group, Ordering.key(4), Buffers.DEFAULT);
        log.awaitValues(others);
        group.awaitCommitted(1, 3_000);
        assertEquals(1, log.begun().stream().filter(slow::contains).count(), "calls of the slow key");
        assertTrue(group.committed(0) <= 0, "nothing passes the record that is not complete");

        gate.open();
        log.awaitValues(slow);
        log.assertOrder();
        group.awaitNoLag();
    }

    @Test
    void aKeyWithNineRecordsOfTenDoesNotStarveTheOthers() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> hot = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            hot.addAll(group.produceTo(0, Collections.nCopies(900, "slow")));
            others.addAll(group.produceTo(0, distinct(100)));
        }
        startWithSlowKey(group, Ordering.key(8), Buffers.DEFAULT);
        log.awaitValues(others);
        gate.open();
        log.awaitValues(hot);
        log.assertOrder();
        group.awaitNoLag();
    }

    @Test
    void takesMoreKeysThanItHoldsAtOnce() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        List<String> written = new ArrayList<>(group.produceTo(0, distinct(6_000)));
        written.addAll(group.produceTo(0, distinct(6_000)));
        members.start(group.member("a", log.handler())
                .ordering(Ordering.key(16))
                .buffers(new Buffers(500, 1 << 20))
                .kafka(Map.of("max.poll.records", 100)));
        log.awaitValues(written);
        log.assertOrder();
        log.assertEachOnce(written);
        group.awaitNoLag();
    }

    @Test
    void aKeyMayBeAsLargeAsARecordMayBe() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        String large = "k".repeat(900_000);
        List<String> written = new ArrayList<>(group.produceTo(0, List.of(large, large + "!", "", large)));
        start(group, Ordering.key(4), gate::pass);
        gate.awaitWaiting(3);
        assertEquals(3, log.begun().size(), "one of the two with the same key waits");
        gate.open();
        log.awaitValues(written);
        log.assertOrder();
        group.awaitNoLag();
    }

    private void startWithSlowKey(TestGroup group, Ordering ordering, Buffers buffers) {
        members.start(group.member("a", log.handler((record, context) -> {
                    if ("slow".equals(record.key())) {
                        gate.pass();
                    }
                }))
                .ordering(ordering)
                .buffers(buffers));
    }

    private void start(TestGroup group, Ordering ordering, Work work) {
        members.start(
                group.member("a", log.handler((record, context) -> work.run())).ordering(ordering));
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private void takesItsTime() {
        int chance = ThreadLocalRandom.current().nextInt(10);
        if (chance < 7) {
            LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(3_000_000));
        }
    }

    private static List<String> distinct(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key " + i).toList();
    }

    private static List<String> keys(Random random, int keys, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "key " + random.nextInt(keys))
                .toList();
    }
}
