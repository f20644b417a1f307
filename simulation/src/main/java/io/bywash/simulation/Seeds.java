package io.bywash.simulation;

import io.bywash.simulation.oracle.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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

    /**
     * Runs seeds from the command line. A single one is told from beginning to end, whatever it comes to.
     *
     * @param args the first seed, and how many; one if that is left out
     */
    public static void main(String[] args) {
        if (args.length < 1 || args.length > 2) {
            System.err.println("give the first seed, and how many; one if that is left out");
            System.exit(2);
        }
        long first = Long.parseLong(args[0]);
        try {
            if (args.length == 1) {
                Outcome outcome = Simulation.run(first);
                System.out.println(outcome.trace() + outcome.withoutTrace());
            } else {
                System.out.println(run(first, Integer.parseInt(args[1])));
            }
        } catch (InvariantBrokenException broken) {
            System.err.println(args.length == 1 ? broken.trace() + broken.getMessage() : broken.getMessage());
            System.exit(1);
        }
    }
}
