package io.bywash.simulation.cluster;

import static io.bywash.simulation.cluster.Bench.FIRST;
import static io.bywash.simulation.cluster.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumer;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A log loses its end under a member that reads it, as when a replica leads that lacks it: its partition halts where it is, alone, and goes on
 * where an operator says.
 */
@Timeout(60)
class TruncationTest {
    private static final int SEEDS = 20;
    private static final int RECORDS = 30;
    private static final Timing OFTEN =
            new Timing(Duration.ofMillis(300), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1));

    private final Map<TopicPartition, List<Place>> handled = new HashMap<>();
    private final List<GroupEvent> heard = new ArrayList<>();

    /** What stands at an offset is known by who wrote it. */
    private record Place(long offset, int leaderEpoch) {}

    private void handle(ConsumerRecord<byte[], byte[]> record) {
        handled.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), first -> new ArrayList<>())
                .add(new Place(record.offset(), record.leaderEpoch().orElseThrow()));
    }

    private List<RecordPosition> halts() {
        return heard.stream()
                .filter(GroupEvent.PartitionHalted.class::isInstance)
                .map(event -> ((GroupEvent.PartitionHalted) event).at())
                .toList();
    }

    private List<GroupEvent> jumps() {
        return heard.stream()
                .filter(GroupEvent.PositionJumped.class::isInstance)
                .toList();
    }

    private GroupConsumer start(Bench bench, String name, AssignmentProtocol protocol) {
        GroupConsumer consumer = bench.member(name, protocol, (record, context) -> handle(record))
                .timing(OFTEN)
                .listener(heard::add)
                .build();
        bench.user().does(consumer::start);
        return consumer;
    }

    private static void stop(Bench bench, GroupConsumer consumer) {
        bench.user().does(() -> consumer.stop(Duration.ofSeconds(5)));
        bench.await(() -> consumer.state().isFinal());
    }

    private static void reset(Bench bench, GroupConsumer consumer, long offset) {
        bench.user().does(() -> consumer.reset(FIRST, offset));
    }

    /** Cuts the first log anywhere between what is committed and where it is read, and returns the position that is no more. */
    private long cut(Bench bench) {
        int least = 1 + bench.stage.chance().below(RECORDS / 2);
        bench.await(() -> handled.getOrDefault(FIRST, List.of()).size() >= least
                && bench.positions.get(FIRST) > bench.committed(FIRST));
        long position = bench.positions.get(FIRST);
        long committed = bench.committed(FIRST);
        bench.cluster.loseEnd(FIRST, committed + bench.stage.chance().below((int) (position - committed)));
        return position;
    }

    /** Lets the halted partition come to rest, and the other one go on for a while. */
    private void settle(Bench bench, long position) {
        int halts = halts().size();
        long further = bench.topics.log(SECOND).end() + 5;
        bench.write(SECOND, 5);
        bench.await(() -> {
            assertTrue(bench.committed(FIRST) <= handled.get(FIRST).size(), "what is not complete is committed");
            return bench.committed(SECOND) >= further && bench.committed(FIRST) == position;
        });
        assertEquals(halts, halts().size());
        assertEquals(
                LongStream.range(0, position)
                        .mapToObj(offset -> new Place(offset, 0))
                        .toList(),
                handled.get(FIRST));
    }

    /** Returns what the log of a partition holds from an offset on. */
    private static List<Place> from(Bench bench, TopicPartition partition, long offset) {
        return bench.topics.log(partition).records().tailMap(offset).values().stream()
                .map(record -> new Place(record.offset(), record.leaderEpoch().orElseThrow()))
                .toList();
    }

    /** Awaits that all there is was handled: of the first log what came before the cut, and what is read from an offset on after it. */
    private void awaitAll(Bench bench, long position, long offset) {
        List<Place> all = new ArrayList<>(handled.get(FIRST).subList(0, (int) position));
        all.addAll(from(bench, FIRST, offset));
        bench.await(
                () -> handled.get(FIRST).size() >= all.size() && bench.isCommitted(FIRST) && bench.isCommitted(SECOND));
        assertEquals(all, handled.get(FIRST));
        assertEquals(from(bench, SECOND, 0), handled.get(SECOND));
    }

    private void forEachSeed(AssignmentProtocol protocol, BiConsumer<Bench, AssignmentProtocol> scene) {
        LongStream.rangeClosed(1, SEEDS).forEach(seed -> {
            handled.clear();
            heard.clear();
            try (Bench bench = new Bench(protocol, seed)) {
                bench.write(FIRST, RECORDS);
                bench.write(SECOND, RECORDS);
                scene.accept(bench, protocol);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void thePartitionHaltsAloneUntilItIsReset(AssignmentProtocol protocol) {
        forEachSeed(protocol, this::haltAndReset);
    }

    /** The new leader may have written beyond the position by the time that the member hears of it. */
    private void haltAndReset(Bench bench, AssignmentProtocol protocol) {
        List<SteadyTraffic> traffic = List.of(
                new SteadyTraffic(bench, FIRST, Duration.ofMillis(100)),
                new SteadyTraffic(bench, SECOND, Duration.ofMillis(150)));
        traffic.forEach(bench.stage.scheduler()::add);
        GroupConsumer consumer = start(bench, "a", protocol);
        long position = cut(bench);
        long end = bench.topics.log(FIRST).end();
        bench.write(FIRST, bench.stage.chance().below(2 * RECORDS));
        bench.await(() -> !halts().isEmpty());
        settle(bench, position);
        long target = bench.stage.chance().happens(0.5)
                ? end
                : bench.stage.chance().below((int) bench.topics.log(FIRST).end() + 1);
        reset(bench, consumer, target);
        bench.await(() -> !jumps().isEmpty());
        traffic.forEach(bench.stage.scheduler()::remove);
        awaitAll(bench, position, target);
        stop(bench, consumer);
        assertEquals(List.of(new RecordPosition(FIRST, position)), halts());
        assertEquals(List.of(new GroupEvent.PositionJumped(FIRST, position, target, JumpReason.RESET)), jumps());
        assertTrue(bench.isCommitted(FIRST) && bench.isCommitted(SECOND));
    }

    @ParameterizedTest
    @EnumSource
    void whoeverComesNextHaltsToo(AssignmentProtocol protocol) {
        forEachSeed(protocol, this::haltTwice);
    }

    private void haltTwice(Bench bench, AssignmentProtocol protocol) {
        GroupConsumer former = start(bench, "a", protocol);
        long position = cut(bench);
        long end = bench.topics.log(FIRST).end();
        bench.await(() -> !halts().isEmpty());
        settle(bench, position);
        stop(bench, former);
        bench.write(FIRST, bench.stage.chance().below(2 * RECORDS));
        GroupConsumer next = start(bench, "b", protocol);
        bench.await(() -> halts().size() > 1);
        settle(bench, position);
        reset(bench, next, end);
        bench.await(() -> !jumps().isEmpty());
        awaitAll(bench, position, end);
        stop(bench, next);
        RecordPosition gone = new RecordPosition(FIRST, position);
        assertEquals(List.of(gone, gone), halts());
    }

    @ParameterizedTest
    @EnumSource
    void aResetBeyondTheEndHaltsItAgain(AssignmentProtocol protocol) {
        forEachSeed(protocol, this::resetTooFar);
    }

    private void resetTooFar(Bench bench, AssignmentProtocol protocol) {
        GroupConsumer consumer = start(bench, "a", protocol);
        long position = cut(bench);
        long end = bench.topics.log(FIRST).end();
        bench.await(() -> !halts().isEmpty());
        settle(bench, position);
        reset(bench, consumer, end + 1);
        bench.await(() -> halts().size() > 1);
        bench.write(FIRST, 3);
        reset(bench, consumer, end);
        bench.await(() -> jumps().size() > 1);
        awaitAll(bench, position, end);
        stop(bench, consumer);
        assertEquals(List.of(new RecordPosition(FIRST, position), new RecordPosition(FIRST, end + 1)), halts());
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameRun(AssignmentProtocol protocol) {
        List<String> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            handled.clear();
            heard.clear();
            try (Bench bench = new Bench(protocol, 1)) {
                bench.write(FIRST, RECORDS);
                bench.write(SECOND, RECORDS);
                haltAndReset(bench, protocol);
                runs.add(bench.stage.trace().text());
            }
        }
        assertEquals(runs.get(0), runs.get(1));
    }
}
