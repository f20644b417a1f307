package io.bywash.chaos.worker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a record asks of its handler. Written into its value, so that every process treats it alike.
 *
 * @param number tells the records of a run apart
 * @param nature what it is like
 * @param takes how long it takes; 0 for as long as the worker takes for an ordinary record
 */
public record Task(long number, Nature nature, Duration takes) {

    /** What a record is like. */
    public enum Nature {
        /** It succeeds. */
        GOOD,
        /** It fails at every attempt. */
        POISON
    }

    /**
     * An ordinary record.
     *
     * @param number its number
     * @return a task that succeeds
     */
    public static Task ordinary(long number) {
        return new Task(number, Nature.GOOD, Duration.ZERO);
    }

    /**
     * A record that takes its time.
     *
     * @param number its number
     * @param takes how long
     * @return a task that succeeds in the end
     */
    public static Task lasting(long number, Duration takes) {
        return new Task(number, Nature.GOOD, takes);
    }

    /**
     * A record that cannot be handled.
     *
     * @param number its number
     * @return a task that fails
     */
    public static Task poison(long number) {
        return new Task(number, Nature.POISON, Duration.ZERO);
    }

    /**
     * Writes the task.
     *
     * @return the value of a record
     */
    public byte[] bytes() {
        return (number + " " + nature + ' ' + takes.toMillis() + ' ').getBytes(StandardCharsets.UTF_8);
    }

    static Task of(byte[] value) {
        String[] parts = new String(value, StandardCharsets.UTF_8).split(" ", 4);
        return new Task(
                Long.parseLong(parts[0]), Nature.valueOf(parts[1]), Duration.ofMillis(Long.parseLong(parts[2])));
    }
}
