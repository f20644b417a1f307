package io.bywash.simulation;

import io.bywash.simulation.oracle.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/**
 * Many runs, as many side by side as there are processors.
 *
 * @param count how many there were
 * @param steps how many steps they took together
 * @param time how much virtual time passed in them
 * @param tally what happened in them
 */
public record Seeds(int count, long steps, Duration time, Tally tally) {

    /**
     * Runs seeds that follow each other.
     *
     * @param first the first seed
     * @param count how many
     * @return what they came to together
     * @throws InvariantBrokenException the lowest seed that breaks something
     */
    public static Seeds run(long first, int count) {
        return run(first, count, done -> {});
    }

    /**
     * Runs seeds that follow each other.
     *
     * @param first the first seed
     * @param count how many
     * @param progress is told how many are done, after each
     * @return what they came to together
     * @throws InvariantBrokenException the lowest seed that breaks something
     */
    public static Seeds run(long first, int count, IntConsumer progress) {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<Outcome>> runs = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long seed = first + i;
                runs.add(threads.submit(() -> Simulation.run(seed).withoutTrace()));
            }
            Seeds sum = new Seeds(0, 0, Duration.ZERO, new Tally());
            for (Future<Outcome> run : runs) {
                sum = sum.and(outcome(run));
                progress.accept(sum.count());
            }
            return sum;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Outcome outcome(Future<Outcome> run) {
        try {
            return run.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a run did not come to its end", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while seeds run", e);
        }
    }

    private Seeds and(Outcome outcome) {
        Tally both = new Tally();
        both.add(tally);
        both.add(outcome.tally());
        return new Seeds(count + 1, steps + outcome.steps(), time.plus(outcome.time()), both);
    }
}
