package io.bywash.simulation.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Where everything that is not determined comes from. One seed gives one sequence, on every JVM. */
public final class Chance {
    private final SplittableRandom random;

    /**
     * Creates a sequence.
     *
     * @param seed any number
     */
    public Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Tells whether something happens.
     *
     * @param rate how often it does, from 0 (never) to 1 (always)
     */
    public boolean happens(double rate) {
        return random.nextDouble() < rate;
    }

    /** Draws a number from zero up to, but not including, {@code bound}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Draws a span between two, in nanoseconds. */
    public long between(Duration least, Duration most) {
        return random.nextLong(least.toNanos(), most.toNanos() + 1);
    }

    /** Draws any number. */
    public long any() {
        return random.nextLong();
    }

    /** Picks one of several. */
    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Returns the elements in a drawn order. */
    public <T> List<T> shuffled(Collection<T> elements) {
        List<T> drawn = new ArrayList<>(elements);
        Collections.shuffle(drawn, new Random(random.nextLong()));
        return drawn;
    }

    /** Returns the sequence as the engine takes it. */
    public RandomGenerator generator() {
        return random;
    }
}
