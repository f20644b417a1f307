package io.bywash.chaos.load;

import io.bywash.chaos.worker.Task;

/** Says what the records of a run are like. */
@FunctionalInterface
public interface Mix {
    /** How many keys ordinary records have. */
    int KEYS = 1_000;

    /** Ordinary records alone. */
    Mix ORDINARY = Task::ordinary;

    /**
     * Says what a record is like.
     *
     * @param number its number, from 0
     * @return its task
     */
    Task task(long number);

    /**
     * Says which key a record has. One that is poison or takes its time shares its key with few others.
     *
     * @param number its number, from 0
     * @return the key
     */
    default String key(long number) {
        // Spread so that records of one key do not come at regular distances.
        long spread = number * 0x9E3779B97F4A7C15L;
        String kind = task(number).equals(Task.ordinary(number)) ? "key-" : "odd-";
        return kind + Math.floorMod(spread >> 20, KEYS);
    }
}
