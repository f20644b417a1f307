package io.bywash.simulation;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.FailedAtException;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.cluster.PartitionLog;
import io.bywash.simulation.oracle.Terms;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.Stage;
import io.bywash.simulation.workload.Load;
import io.bywash.simulation.workload.Nature;
import io.bywash.simulation.workload.Script;
import io.bywash.simulation.workload.Taking;
import io.bywash.simulation.workload.Told;
import io.bywash.simulation.workload.Troubles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A scenario without what makes the fate of a record a matter of luck: crashes, members taken for dead, logs that lose records, calls
 * that fail for no reason, operators. What is left may delay and repeat whatever it likes; every record ends in the same way.
 */
final class Schedule {
    /** Short, since one of the two clocks is real. */
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5), 2, 0.2);

    private static final List<String> LUCK = List.of("expiries", "crashes", "retention", "endLost");

    private final long seed;
    private final Chance chance;
    private final Scenario scenario;

    Schedule(long seed) {
        this.seed = seed;
        this.chance = new Chance(seed);
        Scenario drawn = Scenario.drawn(chance);
        for (Relief relief : Relief.named(LUCK)) {
            drawn = relief.change().apply(drawn);
        }
        this.scenario = certain(drawn);
    }

    private static Scenario certain(Scenario drawn) {
        FailurePolicy failures = drawn.terms().failures();
        OnFailure end = failures.onFailure() == OnFailure.HALT ? OnFailure.DEAD_LETTER : failures.onFailure();
        FailurePolicy certain = FailurePolicy.DEFAULT
                .withRedriveTopic(Optional.empty())
                .withMaxAttempts(failures.maxAttempts())
                .withBackoff(BACKOFF)
                .withOnFailure(end);
        Load load = drawn.load();
        List<Nature> natures =
                load.natures().stream().filter(nature -> nature != Nature.FATAL).toList();
        return new Scenario(
                drawn.topics(),
                new Load(load.records(), load.burst(), natures, load.gaps(), load.keys()),
                drawn.race(),
                Taking.HANDLERS,
                drawn.group(),
                new Terms(drawn.terms().ordering(), certain, drawn.terms().timing()),
                drawn.laterOrdering(),
                drawn.shape(),
                drawn.batching(),
                drawn.buffers(),
                drawn.faults(),
                Troubles.NONE,
                drawn.weather());
    }

    long seed() {
        return seed;
    }

    Scenario scenario() {
        return scenario;
    }

    /**
     * How it went in the simulation.
     *
     * @param logs what was written
     * @param fates what became of it
     * @param epochs how many of the last commits tell of a leader epoch
     */
    record Simulated(List<PartitionLog> logs, Fates fates, int epochs) {}

    /** Plays it in the simulation. Called once. */
    Simulated simulate() {
        Stage stage = Stage.with(chance);
        Set<TopicPartitionOffset> handled = new ConcurrentSkipListSet<>();
        TopicHandler<String, Content> handler = handler(handled);
        World world = World.of(
                scenario,
                stage,
                new Script(chance, Troubles.NONE, scenario.race()),
                Nature::prospect,
                (process, topic, oracle) -> HandlerBinding.of(
                        Told.of(process, oracle, handler), StringDeserializer::new, Content::deserializer));
        Simulation.run(seed, List.of(), world, scenario.load().source());
        Set<String> done = new TreeSet<>();
        Set<String> passedOver = new TreeSet<>();
        for (PartitionLog log : world.topics().logs()) {
            List<Long> offsets = new ArrayList<>(log.records().keySet());
            for (int place = 0; place < offsets.size(); place++) {
                TopicPartitionOffset at = TopicPartitionOffset.of(log.partition(), offsets.get(place));
                (handled.contains(at) ? done : passedOver).add(Fates.name(at, place));
            }
        }
        Set<TopicPartition> behind = world.topics().logs().stream()
                .filter(log -> log.end() > 0 && committed(world, log) != log.end())
                .map(PartitionLog::partition)
                .collect(Collectors.toSet());
        LastCommits commits = lastCommits(world);
        return new Simulated(
                world.topics().logs(), new Fates(done, passedOver, behind, commits.wrong()), commits.epochs());
    }

    private static LastCommits lastCommits(World world) {
        LastCommits commits = new LastCommits();
        world.topics().logs().stream()
                .filter(log -> !log.records().isEmpty())
                .forEach(log -> world.cluster()
                        .committed(log.partition())
                        .ifPresent(commit -> commits.add(
                                log.partition(),
                                commit,
                                log.records()
                                        .lastEntry()
                                        .getValue()
                                        .leaderEpoch()
                                        .orElseThrow(),
                                world.cluster().idOf(log.partition().topic()))));
        return commits;
    }

    private TopicHandler<String, Content> handler(Set<TopicPartitionOffset> handled) {
        return switch (scenario.shape()) {
            case RECORDS -> (record, context) -> handle(record, context.attempt(), handled);
            case STAGES ->
                (AsyncTopicHandler<String, Content>) (record, context) -> {
                    handle(record, context.attempt(), handled);
                    return CompletableFuture.completedFuture(null);
                };
            case BATCHES ->
                (BatchTopicHandler<String, Content>) (records, context) -> {
                    for (int i = 0; i < records.size(); i++) {
                        try {
                            handle(records.get(i), context.attempt(), handled);
                        } catch (Exception e) {
                            throw new FailedAtException(i, e);
                        }
                    }
                };
        };
    }

    private static void handle(ConsumerRecord<String, Content> record, int attempt, Set<TopicPartitionOffset> handled)
            throws Exception {
        record.value().act(attempt);
        handled.add(TopicPartitionOffset.of(record));
    }

    private static long committed(World world, PartitionLog log) {
        return Optional.ofNullable(world.cluster().committed(log.partition()).orElse(null))
                .map(commit -> commit.offset())
                .orElse(-1L);
    }

    /**
     * Where a record stands.
     *
     * @param topic the last word of the name of its topic, which is the same everywhere
     */
    record TopicPartitionOffset(String topic, int partition, long offset) implements Comparable<TopicPartitionOffset> {
        private static final Comparator<TopicPartitionOffset> ORDER = Comparator.comparing(TopicPartitionOffset::topic)
                .thenComparing(TopicPartitionOffset::partition)
                .thenComparing(TopicPartitionOffset::offset);

        static TopicPartitionOffset of(ConsumerRecord<?, ?> record) {
            return of(new TopicPartition(record.topic(), record.partition()), record.offset());
        }

        static TopicPartitionOffset of(TopicPartition partition, long offset) {
            String word = partition.topic().substring(partition.topic().lastIndexOf('-') + 1);
            return new TopicPartitionOffset(word, partition.partition(), offset);
        }

        @Override
        public int compareTo(TopicPartitionOffset other) {
            return ORDER.compare(this, other);
        }
    }
}
