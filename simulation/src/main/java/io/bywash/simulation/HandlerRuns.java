package io.bywash.simulation;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.cluster.PartitionLog;
import io.bywash.simulation.oracle.Prospect;
import io.bywash.simulation.oracle.Tally;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.Stage;
import io.bywash.simulation.workload.RecordSource;
import io.bywash.simulation.workload.Script;
import io.bywash.simulation.workload.Told;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Runs somebody's handler in the real engine over a simulated group.
 *
 * @param outside creates what outlives a process
 * @param handler creates the handler of a process
 * @param result reads what came out
 * @param records what is handled
 * @param <S> the type of what outlives a process
 */
record HandlerRuns<S>(
        Supplier<S> outside,
        Function<S, ? extends TopicHandler<String, String>> handler,
        Function<S, ?> result,
        List<KeyedValue> records) {

    /** What a run came to. */
    record Played(Object result, Tally tally, String trace) {

        /** Tells whether the handler was given a record again that it had handled. */
        boolean repeats() {
            return tally.count(Tally.Kind.AGAIN) > 0 || tally.count(Tally.Kind.LATE_CALLS) > 0;
        }
    }

    /** Runs one seed. */
    Played play(long seed, Disturbance disturbance) {
        Chance chance = new Chance(seed);
        S state = outside.get();
        Scenario scenario = disturbance.scenario(records.size(), chance);
        Stage stage = Stage.with(chance);
        World world = World.of(
                scenario,
                stage,
                new Script(chance, scenario.troubles(), 0),
                record -> Prospect.UNKNOWN,
                (process, topic, oracle) -> HandlerBinding.of(
                        Told.of(process, oracle, handler.apply(state)),
                        StringDeserializer::new,
                        StringDeserializer::new));
        RecordSource source =
                source(disturbance.inOrder(records, chance), world.topics().logs());
        try {
            Outcome outcome = Simulation.run(seed, List.of(), world, source);
            return new Played(result.apply(state), outcome.tally(), outcome.trace());
        } catch (InvariantBrokenException broken) {
            throw new IllegalStateException(
                    "with seed " + seed + " and disturbance " + disturbance + " the run did not come to its end: "
                            + broken.how() + "\nthe trace:\n" + broken.trace(),
                    broken);
        }
    }

    /** Writes each record to the partition of its key, whatever partition was drawn. */
    private RecordSource source(List<KeyedValue> inOrder, List<PartitionLog> logs) {
        List<String> keys = records.stream().map(KeyedValue::key).distinct().toList();
        Deque<KeyedValue> left = new ArrayDeque<>(inOrder);
        return (drawn, chance, now) -> {
            KeyedValue next = left.remove();
            PartitionLog log = logs.get(keys.indexOf(next.key()) % logs.size());
            long offset = log.append(bytes(next.key()), bytes(next.value()), now);
            return (log.equals(drawn) ? "" : log.partition() + "@") + offset + " " + next;
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
