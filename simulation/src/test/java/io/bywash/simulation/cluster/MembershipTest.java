package io.bywash.simulation.cluster;

import static io.bywash.simulation.cluster.Bench.FIRST;
import static io.bywash.simulation.cluster.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.StaleMemberEpochException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Simulated members come and go as real ones do, static ones and those of either protocol. */
@Timeout(20)
class MembershipTest {
    private static final Duration SECOND_LONG = Duration.ofSeconds(1);
    private static final Optional<String> ONE = Optional.of("one");
    private static final Optional<String> TWO = Optional.of("two");

    private Optional<Bench> opened = Optional.empty();

    /** A consumer and the one actor that may use it. */
    private record Member(Bench bench, Bench.User user, SimConsumer consumer) {
        Set<TopicPartition> poll() {
            return user.gets(() -> {
                bench.poll(consumer);
                return consumer.assignment();
            });
        }

        void commit(long offset) {
            user.does(() -> consumer.commitSync(Bench.offset(FIRST, offset), SECOND_LONG));
        }

        void close() {
            user.does(() -> consumer.close(CloseOptions.timeout(SECOND_LONG)));
        }

        /** Polls until that fails. */
        KafkaException fails() {
            List<KafkaException> failure = new ArrayList<>();
            while (failure.isEmpty()) {
                user.does(() -> {
                    try {
                        bench.poll(consumer);
                    } catch (KafkaException e) {
                        failure.add(e);
                    }
                });
            }
            return failure.get(0);
        }
    }

    @AfterEach
    void close() {
        opened.ifPresent(Bench::close);
    }

    private Bench bench(AssignmentProtocol protocol) {
        opened = Optional.of(new Bench(protocol));
        return opened.get();
    }

    private static Member member(Bench bench, String name, AssignmentProtocol protocol, Optional<String> instance) {
        Bench.User user = bench.user();
        return new Member(bench, user, user.gets(() -> bench.consumer(name, protocol, instance)));
    }

    /** Polls until each has one partition. */
    private static void settle(Member one, Member other) {
        while (one.poll().size() != 1 || other.poll().size() != 1) {
            Set<TopicPartition> both = one.poll();
            both.retainAll(other.poll());
            assertEquals(Set.of(), both, "held by two at once");
        }
    }

    private static long rebalances(Bench bench) {
        return bench.stage
                .trace()
                .text()
                .lines()
                .filter(line -> line.contains("rebalances") || line.contains("epoch"))
                .count();
    }

    private static long generations(Bench bench) {
        return bench.stage
                .trace()
                .text()
                .lines()
                .filter(line -> line.contains("generation"))
                .count();
    }

    /** Two members that have joined again: the one that leads, and one that asked for its share before it. */
    private record Rejoined(Member leader, Member other) {
        static Rejoined in(Bench bench, AssignmentProtocol protocol) {
            ClassicCoordinator coordinator = (ClassicCoordinator) bench.cluster.coordinator();
            Member leader = member(bench, "a", protocol, Optional.empty());
            Member other = member(bench, "b", protocol, Optional.empty());
            settle(leader, other);
            bench.cluster.rebalance();
            while (!coordinator.hasJoined("a/1")) {
                leader.poll();
            }
            long before = generations(bench);
            while (generations(bench) == before) {
                other.poll();
            }
            return new Rejoined(leader, other);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EAGER", "COOPERATIVE"})
    void whoHasItsShareMayCommitThoughAnotherHasNotYet(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, Optional.empty());
        Member b = member(bench, "b", protocol, Optional.empty());
        a.poll();
        b.poll();
        long before = generations(bench);
        while (generations(bench) == before) {
            a.poll();
        }
        a.commit(1);
        assertEquals(1, bench.cluster.committed(FIRST).orElseThrow().offset());
    }

    @ParameterizedTest
    @EnumSource(names = {"EAGER", "COOPERATIVE"})
    void nobodyHasAShareBeforeTheLeaderAsksForIts(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Rejoined members = Rejoined.in(bench, protocol);
        Member b = members.other();
        for (int i = 0; i < 20; i++) {
            b.poll();
        }
        assertThrows(RebalanceInProgressException.class, () -> b.commit(1));
        members.leader().poll();
        b.poll();
        b.commit(1);
        assertEquals(1, bench.cluster.committed(FIRST).orElseThrow().offset());
    }

    @ParameterizedTest
    @EnumSource(names = {"EAGER", "COOPERATIVE"})
    void aLeaderThatIsGoneBeforeItAsksForItsShareIsMissedInTheEnd(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member b = Rejoined.in(bench, protocol).other();
        bench.cluster.crashed("a");
        while (b.poll().size() < 2) {}
    }

    @ParameterizedTest
    @EnumSource
    void whoComesBackWithItsInstanceIdFindsWhatItHad(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, ONE);
        Member b = member(bench, "b", protocol, TWO);
        settle(a, b);
        Set<TopicPartition> before = a.poll();
        long rebalances = rebalances(bench);
        a.close();
        Member successor = member(bench, "c", protocol, ONE);
        Set<TopicPartition> after = successor.poll();
        while (after.isEmpty()) {
            after = successor.poll();
        }
        assertEquals(before, after);
        assertEquals(1, b.poll().size());
        assertEquals(rebalances, rebalances(bench));
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotComeBackIsMissedInTheEnd(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, ONE);
        Member b = member(bench, "b", protocol, TWO);
        settle(a, b);
        a.close();
        long closed = bench.stage.clock().now();
        while (b.poll().size() < 2) {
            assertTrue(bench.stage.clock().now() < closed + SECOND_LONG.toNanos() * 60, "never missed");
        }
        assertTrue(bench.stage.clock().now() > closed + SECOND_LONG.toNanos(), "missed at once");
    }

    @ParameterizedTest
    @EnumSource
    void onlyWhoSubscribesToATopicGetsPartitionsOfIt(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, Optional.empty());
        Member b = member(bench, "b", protocol, Optional.empty());
        settle(a, b);
        bench.topics.create("orders-back");
        a.user().does(() -> bench.subscribe(a.consumer(), Set.of("orders", "orders-back")));
        List<String> topics = List.of();
        while (!topics.equals(List.of("orders-back", "orders-back"))) {
            assertTrue(b.poll().stream().allMatch(partition -> partition.topic().equals("orders")));
            topics = a.poll().stream()
                    .map(TopicPartition::topic)
                    .filter("orders-back"::equals)
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EAGER", "COOPERATIVE"})
    void anotherWithTheSameInstanceIdEndsIt(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, ONE);
        a.user().does(() -> bench.join(a.consumer(), 2));
        Member rival = member(bench, "b", protocol, ONE);
        while (rival.poll().size() < 2) {}
        a.user()
                .does(() -> assertThrows(
                        FencedInstanceIdException.class,
                        () -> a.consumer().commitSync(Bench.offset(FIRST, 1), SECOND_LONG)));
        assertInstanceOf(FencedInstanceIdException.class, a.fails());
        assertEquals(Optional.empty(), bench.cluster.committed(FIRST));
    }

    @ParameterizedTest
    @EnumSource(names = {"EAGER", "COOPERATIVE"})
    void aPollTellsThatAnAsynchronousCommitWasFenced(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, ONE);
        a.user().does(() -> bench.join(a.consumer(), 2));
        Member rival = member(bench, "b", protocol, ONE);
        while (rival.poll().size() < 2) {}
        List<Object> answers = new ArrayList<>();
        a.user()
                .does(() ->
                        a.consumer().commitAsync(Bench.offset(FIRST, 1), (offsets, failure) -> answers.add(offsets)));
        assertInstanceOf(FencedInstanceIdException.class, a.fails());
        assertEquals(List.of(), answers);
    }

    @ParameterizedTest
    @EnumSource(names = "CONSUMER")
    void theBrokerMovesPartitionsOneByOne(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, Optional.empty());
        a.user().does(() -> bench.join(a.consumer(), 2));
        Member b = member(bench, "b", protocol, Optional.empty());
        while (b.poll().isEmpty()) {
            assertFalse(a.poll().isEmpty(), "gave up what it keeps");
        }
        assertEquals(1, a.poll().size());
        a.close();
        while (b.poll().size() < 2) {}
    }

    @ParameterizedTest
    @EnumSource(names = "CONSUMER")
    void aCommitOfAnEarlierEpochIsRefused(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, Optional.empty());
        a.user().does(() -> bench.join(a.consumer(), 2));
        List<Exception> failures = new ArrayList<>();
        while (failures.isEmpty()) {
            bench.cluster.rebalance();
            a.user().does(() -> {
                a.consumer().commitAsync(Bench.offset(FIRST, 1), (offsets, failure) -> {
                    if (failure != null) {
                        failures.add(failure);
                    }
                });
                bench.poll(a.consumer());
            });
        }
        assertInstanceOf(StaleMemberEpochException.class, failures.get(0));
    }

    @ParameterizedTest
    @EnumSource(names = "CONSUMER")
    void whoWasThrownOutLosesEverythingAndComesBack(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, Optional.empty());
        a.user().does(() -> bench.join(a.consumer(), 2));
        bench.cluster.expireOne();
        a.user()
                .does(() -> assertThrows(
                        CommitFailedException.class,
                        () -> a.consumer().commitSync(Bench.offset(FIRST, 1), SECOND_LONG)));
        while (!bench.seen.contains("a lost [orders-0, orders-1]")) {
            a.poll();
        }
        while (!a.poll().equals(Set.of(FIRST, SECOND))) {}
    }

    @ParameterizedTest
    @EnumSource(names = "CONSUMER")
    void anInstanceIdThatIsInUseIsNotGivenAway(AssignmentProtocol protocol) {
        Bench bench = bench(protocol);
        Member a = member(bench, "a", protocol, ONE);
        a.user().does(() -> bench.join(a.consumer(), 2));
        Member rival = member(bench, "b", protocol, ONE);
        assertInstanceOf(UnreleasedInstanceIdException.class, rival.fails());
        assertEquals(2, a.poll().size());
    }
}
