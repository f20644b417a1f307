package io.bywash.simulation;

import io.bywash.core.settings.Ordering;
import io.bywash.simulation.cluster.Faults;
import java.time.Duration;

/**
 * What somebody's handler lives under.
 *
 * @param partitions how many its topic has
 * @param places how many processes there are at a time
 * @param ordering which of its records wait for each other
 * @param faults how the cluster lets its clients down
 * @param weather what befalls the processes
 */
record Conditions(int partitions, int places, Ordering ordering, Faults faults, Scenario.Weather weather) {
    /** The longest call, and the longest request where none is late. */
    static final Duration SLOWEST = Duration.ofMillis(500);

    /** After five seconds the engine takes a letter that is not answered for one that is refused. */
    private static final Duration LATE = Duration.ofSeconds(8);

    /** One process, to which nothing happens. */
    static final Conditions ALONE = new Conditions(1, 1, Ordering.PARTITION, faults(0, SLOWEST), weather(0, 0, 0, 0));

    /** Two processes that share the topic. */
    static final Conditions TOGETHER = new Conditions(1, 2, Ordering.PARTITION, ALONE.faults(), ALONE.weather());

    private static Faults faults(double letters, Duration slowest) {
        return new Faults(0, 0, 0, 0, 0, 0, letters, letters, letters, 0, 0, slowest);
    }

    private static Scenario.Weather weather(double expiries, double rebalances, double stops, double crashes) {
        return new Scenario.Weather(
                expiries, rebalances, stops, crashes, 0, 0, Duration.ofMillis(300), Duration.ofSeconds(10));
    }

    /** Spreads the topic over several partitions. */
    Conditions over(int several) {
        return new Conditions(several, places, ordering, faults, weather);
    }

    /** Works on several keys at once. */
    Conditions withKeysAtOnce(int several) {
        return new Conditions(partitions, places, Ordering.key(several), faults, weather);
    }

    /** Has partitions go from process to process, and processes stop. */
    Conditions withHandOvers() {
        return new Conditions(partitions, places, ordering, faults, weather(0, 0.5, 0.3, 0));
    }

    /** Has members taken for dead. */
    Conditions withExpiries() {
        return new Conditions(partitions, places, ordering, faults, weather(0.5, 0, 0, 0));
    }

    /** Has processes crash. */
    Conditions withCrashes() {
        return new Conditions(partitions, places, ordering, faults, weather(0, 0, 0, 0.4));
    }

    /** Has dead letters refused, late, and written without an answer. */
    Conditions withLettersDown() {
        return new Conditions(partitions, places, ordering, faults(0.4, LATE), weather);
    }
}
