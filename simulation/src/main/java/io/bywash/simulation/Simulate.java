package io.bywash.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of the simulation: {@code --seed N [--without NAME,NAME]} tells one run from beginning to end;
 * {@code --seeds N [--from N]} makes many runs and shows how far it is; the first that breaks something is shrunk and told.
 */
public final class Simulate {
    private static final String USAGE = "usage: --seed N [--without NAME,...]   one run, told from beginning to end\n"
            + "       --seeds N [--from N]            many runs, from 1 unless said otherwise";
    private static final int SHOWN = 1_000;

    private final List<String> arguments;
    private final PrintStream out;

    private Simulate(List<String> arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /**
     * Runs seeds. Ends with 0 if nothing is broken, 1 if something is, 2 if the arguments make no sense.
     *
     * @param args see the class
     */
    public static void main(String[] args) {
        try {
            run(List.of(args), System.out);
        } catch (InvariantBrokenException broken) {
            System.err.println(broken.getMessage());
            System.exit(1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + USAGE);
            System.exit(2);
        }
        System.exit(0);
    }

    /**
     * Does what the arguments say.
     *
     * @throws InvariantBrokenException if something is broken
     * @throws IllegalArgumentException if they make no sense
     */
    static void run(List<String> arguments, PrintStream out) {
        new Simulate(new ArrayList<>(arguments), out).run();
    }

    private void run() {
        String seed = option("--seed", "");
        String count = option("--seeds", "");
        String from = option("--from", "1");
        String without = option("--without", "");
        if (!arguments.isEmpty() || seed.isEmpty() == count.isEmpty()) {
            throw new IllegalArgumentException("give either --seed or --seeds, and nothing unknown: " + arguments);
        }
        if (count.isEmpty()) {
            one(Long.parseLong(seed), without.isEmpty() ? List.of() : List.of(without.split(",")));
        } else {
            many(Long.parseLong(from), Integer.parseInt(count));
        }
    }

    private String option(String name, String otherwise) {
        int at = arguments.indexOf(name);
        if (at < 0) {
            return otherwise;
        }
        if (at + 1 == arguments.size()) {
            throw new IllegalArgumentException(name + " has no value");
        }
        arguments.remove(at);
        return arguments.remove(at);
    }

    private void one(long seed, List<String> without) {
        try {
            Outcome outcome = Simulation.run(seed, without);
            out.println(outcome.trace() + outcome.withoutTrace());
        } catch (InvariantBrokenException broken) {
            out.print(broken.trace());
            throw broken;
        }
    }

    private void many(long first, int count) {
        try {
            out.println(Seeds.run(first, count, done -> {
                if (done % SHOWN == 0) {
                    out.println(done + " of " + count + " seeds");
                }
            }));
        } catch (InvariantBrokenException broken) {
            out.println("seed " + broken.seed() + " breaks " + broken.invariant() + "; looking for less");
            throw Shrinker.shrink(broken);
        }
    }
}
