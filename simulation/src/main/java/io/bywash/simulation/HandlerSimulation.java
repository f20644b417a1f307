package io.bywash.simulation;

import io.bywash.handler.TopicHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs somebody's handler in the real engine over a simulated group, undisturbed at first and then with one kind of disturbance after
 * the other, and compares the results. Not thread-safe.
 *
 * <p>A call is never split: it takes effect as a whole or, in a crash, not at all. What a race of threads inside the handler does is seen
 * only if calls are made to {@linkplain #overlapping overlap}.
 *
 * @param <S> the type of what outlives the process
 */
public final class HandlerSimulation<S> {
    private final Supplier<S> outside;
    private final Function<S, ? extends TopicHandler<String, String>> handler;
    private final List<KeyedValue> records = new ArrayList<>();
    private Function<S, ?> result = state -> state;
    private long first = 1;
    private int seeds = 20;
    private int rounds;

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
        records.add(new KeyedValue(key, value));
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
     * Has calls of different keys run at once as well, on two real threads, without a cluster; never unless said. Whoever is not thread-safe
     * may be found by that and may not, as luck has it. What outlives the process has to be thread-safe, as a database is; a plain map in its
     * place is not, and would be taken for a fault of the handler. Neighbouring records run at once where their keys differ, so add those of
     * several keys in turn.
     *
     * @param times how often all records are handled so, 1 and up; a few hundred take less than a second where calls are quick
     * @return this
     */
    public HandlerSimulation<S> overlapping(int times) {
        if (times < 1) {
            throw new IllegalArgumentException("overlapping is " + times + ", but must be at least 1");
        }
        rounds = times;
        return this;
    }

    /**
     * Runs the handler.
     *
     * @return what it came to
     * @throws IllegalStateException if there are no records, or if a run does not come to its end, as happens when the handler throws
     *     an {@link Error} at every attempt, or returns stages that are not complete; or if calls are to overlap and the records are of
     *     one key, or given key by key, so that next to none would
     */
    public HandlerReport run() {
        if (records.isEmpty()) {
            throw new IllegalStateException("there is nothing to handle; give it records with record(key, value)");
        }
        if (rounds > 0) {
            OverlappingCalls.requireNeighbours(records);
        }
        HandlerRuns<S> runs = new HandlerRuns<>(outside, handler, result, List.copyOf(records));
        return new Examination<>(runs, first, seeds).report(rounds);
    }
}
