package io.bywash.chaos.worker;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/**
 * What a record asks of its handler. Written into its value, so that every process treats it alike.
 *
 * @param number tells the records of a run apart
 * @param nature what it is like
 * @param takes how long it takes; 0 for as long as the worker takes for an ordinary record
 * @param size how many bytes its value has, at least those that say all this
 */
public record Task(long number, Nature nature, Duration takes, int size) {
    /** Enough for all that a value says. */
    private static final int HEAD = 64;

    private static final int FIELDS = 4;

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
        return new Task(number, Nature.GOOD, Duration.ZERO, 0);
    }

    /**
     * A record that takes its time.
     *
     * @param number its number
     * @param takes how long
     * @return a task that succeeds in the end
     */
    public static Task lasting(long number, Duration takes) {
        return new Task(number, Nature.GOOD, takes, 0);
    }

    /**
     * A record that cannot be handled.
     *
     * @param number its number
     * @return a task that fails
     */
    public static Task poison(long number) {
        return new Task(number, Nature.POISON, Duration.ZERO, 0);
    }

    /**
     * Makes its record large.
     *
     * @param bytes how many bytes its value has
     * @return the same task, with a value that can be compressed to next to nothing
     */
    public Task sized(int bytes) {
        return new Task(number, nature, takes, bytes);
    }

    /**
     * Writes the task.
     *
     * @return the value of a record
     */
    public byte[] bytes() {
        byte[] text =
                (number + " " + nature + ' ' + takes.toMillis() + ' ' + size + ' ').getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(text, Math.max(text.length, size));
    }

    static Task of(byte[] value) {
        String[] parts =
                new String(value, 0, Math.min(value.length, HEAD), StandardCharsets.UTF_8).split(" ", FIELDS + 1);
        return new Task(
                Long.parseLong(parts[0]),
                Nature.valueOf(parts[1]),
                Duration.ofMillis(Long.parseLong(parts[2])),
                Integer.parseInt(parts[3]));
    }
}
