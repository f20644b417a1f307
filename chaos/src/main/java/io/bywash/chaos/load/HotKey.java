package io.bywash.chaos.load;

import io.bywash.chaos.worker.Task;
import java.time.Duration;

/**
 * Records of 1 MB, nine tenths of which have one key and take longer than they come. One in fifty fails for good, none of them of that
 * key.
 */
public final class HotKey implements Mix {
    /** How many records a second there are to be, so that the hot key falls behind. */
    public static final int PER_SECOND = 50;

    /** Dead letters of that size, with their headers, still fit into what a topic takes by default. */
    private static final int SIZE = 1_000_000;

    private static final String HOT = "hot";
    private static final Duration TAKES = Duration.ofMillis(25);
    private static final int COLD = 10;
    private static final int POISONED = 50;

    @Override
    public Task task(long number) {
        if (isHot(number)) {
            return Task.lasting(number, TAKES).sized(SIZE);
        }
        return (number % POISONED == POISONED - 1 ? Task.poison(number) : Task.ordinary(number)).sized(SIZE);
    }

    @Override
    public String key(long number) {
        return isHot(number) ? HOT : "cold-" + number / COLD % KEYS;
    }

    private static boolean isHot(long number) {
        return number % COLD != COLD - 1;
    }

    /**
     * Tells whether a record has the key that most have.
     *
     * @param record a record of this mix
     * @return whether it is one of the many
     */
    public static boolean isHot(Produced record) {
        return record.key().equals(HOT);
    }
}
