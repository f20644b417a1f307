package io.bywash.simulation;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.oracle.Prospect;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.Stage;
import io.bywash.simulation.workload.RecordSource;
import io.bywash.simulation.workload.Script;
import io.bywash.simulation.workload.Told;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Runs somebody's handler in the real engine over a simulated group, undisturbed at first and then with one kind of disturbance after
 * the other, and compares the results. Not thread-safe.
 *
 * <p>A call is never split: it takes effect as a whole or, in a crash, not at all. What a race of threads inside the handler does is not
 * seen.
 *
 * @param <S> the type of what outlives the process
 */
public final class HandlerSimulation<S> {
    private final Supplier<S> outside;
    private final Function<S, ? extends TopicHandler<String, String>> handler;
    private final List<Entry> records = new ArrayList<>();
    private Function<S, ?> result = state -> state;
    private long first = 1;
    private int seeds = 20;

    private record Entry(String key, String value) {}

    /** What a run came to. */
    private record Played(Object result, String trace) {}

    HandlerSimulation(Supplier<S> outside, Function<S, ? extends TopicHandler<String, String>> handler) {
        this.outside = outside;
        this.handler = handler;
    }

    /**
     * Adds a record; all of a key come in the order in which they are added.
     *
     * @param key its key
     * @param value its value
     * @return this
     */
    public HandlerSimulation<S> record(String key, String value) {
        records.add(new Entry(key, value));
        return this;
    }

    /**
     * Says what is compared; otherwise it is what outlives the process itself.
     *
     * @param reading reads the result once everything is done; results are compared with {@code equals}
     * @return this
     */
    public HandlerSimulation<S> result(Function<S, ?> reading) {
        result = reading;
        return this;
    }

    /**
     * Says with which seed to begin.
     *
     * @param seed any number
     * @return this
     */
    public HandlerSimulation<S> seed(long seed) {
        first = seed;
        return this;
    }

    /**
     * Says how many seeds are tried for each disturbance at most; 20 unless said otherwise.
     *
     * @param count 1 and up
     * @return this
     */
    public HandlerSimulation<S> seeds(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("seeds is " + count + ", but must be at least 1");
        }
        seeds = count;
        return this;
    }

    /**
     * Runs the handler.
     *
     * @return what it came to
     * @throws IllegalStateException if there are no records, or if a run does not come to its end, as happens when the handler throws
     *     an {@link Error} at every attempt, or returns stages that are not complete
     */
    public HandlerReport run() {
        if (records.isEmpty()) {
            throw new IllegalStateException("there is nothing to handle; give it records with record(key, value)");
        }
        Object calm = play(first, Disturbance.NONE).result();
        Map<Assumption, HandlerReport.Difference> broken = new EnumMap<>(Assumption.class);
        compare(calm, Disturbance.REDELIVERY, broken);
        // Whatever goes wrong, records may come again, so a handler that minds says nothing else.
        if (broken.isEmpty()) {
            EnumSet.complementOf(EnumSet.of(Disturbance.NONE, Disturbance.REDELIVERY))
                    .forEach(disturbance -> compare(calm, disturbance, broken));
        }
        return new HandlerReport(calm, broken);
    }

    private void compare(Object calm, Disturbance disturbance, Map<Assumption, HandlerReport.Difference> broken) {
        for (long seed = first; seed < first + seeds && !broken.containsKey(disturbance.breaks()); seed++) {
            Played played = play(seed, disturbance);
            if (!played.result().equals(calm)) {
                broken.put(disturbance.breaks(), new HandlerReport.Difference(seed, played.result(), played.trace()));
            }
        }
    }

    private Played play(long seed, Disturbance disturbance) {
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
        String trace = trace(seed, disturbance, world);
        return new Played(result.apply(state), trace);
    }

    private String trace(long seed, Disturbance disturbance, World world) {
        try {
            return Simulation.run(seed, List.of(), world, source()).trace();
        } catch (InvariantBrokenException broken) {
            throw new IllegalStateException(
                    "with seed " + seed + " and disturbance " + disturbance + " the run did not come to its end: "
                            + broken.how() + "\nthe trace:\n" + broken.trace(),
                    broken);
        }
    }

    private RecordSource source() {
        Deque<Entry> left = new ArrayDeque<>(records);
        return (log, chance, now) -> {
            Entry entry = left.remove();
            byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
            long offset = log.append(key, entry.value().getBytes(StandardCharsets.UTF_8), now);
            return offset + " " + entry.value() + " of " + entry.key();
        };
    }
}
