package io.bywash.simulation.cluster;

import static io.bywash.simulation.cluster.Bench.FIRST;
import static io.bywash.simulation.cluster.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The simulated client is as strict as the real one, where an engine could rely on too much. */
class SimConsumerTest {
    private static final Duration SECOND_LONG = Duration.ofSeconds(1);

    private final Bench bench = new Bench(AssignmentProtocol.EAGER);
    private final Bench.User a = bench.user();
    private final Bench.User b = bench.user();

    @AfterEach
    void close() {
        bench.close();
    }

    private SimConsumer joined(AssignmentProtocol protocol) {
        SimConsumer consumer = a.gets(() -> bench.consumer("a", protocol));
        a.does(() -> bench.join(consumer, 2));
        return consumer;
    }

    @Test
    void aPositionThatNobodySetIsMissed() {
        SimConsumer consumer = a.gets(() -> bench.consumer("a", AssignmentProtocol.EAGER));
        a.does(() -> {
            while (consumer.assignment().isEmpty()) {
                bench.poll(consumer);
            }
            NoOffsetForPartitionException missing =
                    assertThrows(NoOffsetForPartitionException.class, () -> consumer.poll(SECOND_LONG));
            assertEquals(Set.of(FIRST, SECOND), missing.partitions());
        });
    }

    @Test
    void aPausedPartitionKeepsItsPosition() {
        SimConsumer consumer = joined(AssignmentProtocol.EAGER);
        bench.write(FIRST, 5);
        bench.write(SECOND, 5);
        a.does(() -> {
            consumer.pause(Set.of(FIRST));
            Bench.read(consumer, 5).forEach(record -> assertEquals(1, record.partition()));
            assertEquals(0, consumer.position(FIRST));
            consumer.resume(Set.of(FIRST));
            assertEquals(0, Bench.read(consumer, 5).get(0).offset());
            assertEquals(0, consumer.currentLag(FIRST).orElseThrow());
        });
    }

    @Test
    void offsetsThatHoldNothingArePassedOverWithoutARecord() {
        SimConsumer consumer = joined(AssignmentProtocol.EAGER);
        bench.topics.log(FIRST).skip(3);
        a.does(() -> {
            while (consumer.position(FIRST) < 3) {
                assertTrue(consumer.poll(SECOND_LONG).isEmpty());
            }
        });
    }

    /** The new leader may have written as much as the one before. */
    @Test
    void whoHasReadWhatALeaderLacksIsTold() {
        SimConsumer consumer = joined(AssignmentProtocol.EAGER);
        bench.write(FIRST, 5);
        a.does(() -> {
            Bench.read(consumer, 5);
            bench.cluster.loseEnd(FIRST, 3);
            bench.write(FIRST, 9);
            consumer.pause(Set.of(FIRST));
            LogTruncationException cut = assertThrows(LogTruncationException.class, () -> consumer.poll(SECOND_LONG));
            assertEquals(Map.of(FIRST, 5L), cut.offsetOutOfRangePartitions());
            assertEquals(3, cut.divergentOffsets().get(FIRST).offset());
            consumer.resume(Set.of(FIRST));
            consumer.seek(FIRST, 5);
            assertEquals(5, Bench.read(consumer, 7).get(0).offset());
        });
    }

    @Test
    void aPositionBeyondTheEndIsOutOfRange() {
        SimConsumer consumer = joined(AssignmentProtocol.EAGER);
        bench.write(FIRST, 2);
        a.does(() -> {
            consumer.seek(FIRST, 3);
            OffsetOutOfRangeException missing =
                    assertThrows(OffsetOutOfRangeException.class, () -> consumer.poll(SECOND_LONG));
            assertEquals(Map.of(FIRST, 3L), missing.offsetOutOfRangePartitions());
            consumer.seek(FIRST, new OffsetAndMetadata(2, Optional.of(0), ""));
            bench.write(FIRST, 1);
            assertEquals(2, Bench.read(consumer, 1).get(0).offset());
        });
    }

    @Test
    void whatWasGivenUpIsForgotten() {
        SimConsumer consumer = joined(AssignmentProtocol.EAGER);
        a.does(() -> consumer.pause(Set.of(FIRST, SECOND)));
        bench.cluster.rebalance();
        a.does(() -> {
            while (!bench.seen.contains("a gives up [orders-0, orders-1]")) {
                bench.poll(consumer);
            }
            bench.join(consumer, 2);
            assertEquals(Set.of(), consumer.paused());
        });
        assertEquals("a was given [orders-0, orders-1]", bench.seen.get(0));
    }

    @Test
    void cooperativeMembersKeepWhatDoesNotGoElsewhere() {
        SimConsumer first = joined(AssignmentProtocol.COOPERATIVE);
        SimConsumer second = b.gets(() -> bench.consumer("b", AssignmentProtocol.COOPERATIVE));
        List<Integer> held = new ArrayList<>();
        while (!held.equals(List.of(1, 1))) {
            held.clear();
            held.add(a.gets(() -> {
                bench.poll(first);
                return first.assignment().size();
            }));
            assertTrue(held.get(0) > 0, "gave up what it keeps");
            held.add(b.gets(() -> {
                bench.poll(second);
                return second.assignment().size();
            }));
        }
    }

    @Test
    void commitsOfWhoeverWasTakenForDeadAreRefused() {
        SimConsumer consumer = joined(AssignmentProtocol.COOPERATIVE);
        a.does(() -> consumer.commitSync(Bench.offset(FIRST, 0), SECOND_LONG));
        bench.cluster.expireOne();
        a.does(() -> {
            assertThrows(CommitFailedException.class, () -> consumer.commitSync(Bench.offset(FIRST, 1), SECOND_LONG));
            bench.poll(consumer);
        });
        assertEquals(0, bench.cluster.committed(FIRST).orElseThrow().offset());
        assertTrue(bench.seen.contains("a lost [orders-0, orders-1]"), bench.seen.toString());
    }

    @Test
    void repliesToCommitsAreHeardInsidePollOnly() {
        SimConsumer consumer = joined(AssignmentProtocol.EAGER);
        List<Long> heard = new ArrayList<>();
        a.does(() -> consumer.commitAsync(
                Bench.offset(FIRST, 0),
                (offsets, failure) -> heard.add(offsets.get(FIRST).offset())));
        bench.stage.scheduler().run(() -> bench.cluster.committed(FIRST).isPresent(), () -> {});
        assertEquals(List.of(), heard);
        a.does(() -> bench.poll(consumer));
        assertEquals(List.of(0L), heard);
    }

    @Test
    void closingGivesUpAndLeaves() {
        SimConsumer consumer = joined(AssignmentProtocol.COOPERATIVE);
        a.does(() -> consumer.close(CloseOptions.timeout(SECOND_LONG)));
        assertTrue(bench.seen.contains("a gives up [orders-0, orders-1]"), bench.seen.toString());
        assertEquals(List.of(), bench.cluster.coordinator().members());
        a.does(() -> assertThrows(IllegalStateException.class, () -> consumer.poll(SECOND_LONG)));
    }

    @Test
    void whatIsNotHeldCannotBePaused() {
        SimConsumer consumer = a.gets(() -> bench.consumer("a", AssignmentProtocol.EAGER));
        a.does(() -> {
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> consumer.pause(Set.of(FIRST)));
            assertEquals("No current assignment for partition orders-0", refused.getMessage());
        });
    }

    @Test
    void onlyItsOwnActorMayUseIt() {
        SimConsumer consumer = joined(AssignmentProtocol.EAGER);
        b.does(() -> assertThrows(ConcurrentModificationException.class, consumer::assignment));
        a.does(() -> assertFalse(consumer.assignment().isEmpty()));
    }

    @Test
    void whatIsNotSimulatedSaysSo() {
        SimConsumer consumer = joined(AssignmentProtocol.EAGER);
        UnsupportedOperationException missing =
                assertThrows(UnsupportedOperationException.class, () -> consumer.seekToEnd(Set.of()));
        assertEquals(
                "Consumer.seekToEnd(Collection) is not simulated, since the engine did not use it; simulate it before the"
                        + " engine does",
                missing.getMessage());
    }
}
