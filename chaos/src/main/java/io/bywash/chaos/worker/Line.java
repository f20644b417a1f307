package io.bywash.chaos.worker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A line of a journal.
 *
 * @param mark what it tells
 * @param micros when, in microseconds since 1970; all processes share the clock of one machine
 * @param partition the number of the partition, -1 if it is about none
 * @param offset the offset, -1 if it is about none
 * @param attempt the attempt, 0 if it is about none
 */
public record Line(Mark mark, long micros, int partition, long offset, int attempt) {
    private static final int FIELDS = 5;

    /**
     * Tells the same of another partition.
     *
     * @param other the number of the partition
     * @return the line with that number
     */
    public Line about(int other) {
        return new Line(mark, micros, other, offset, attempt);
    }

    /**
     * Tells the time.
     *
     * @return microseconds since 1970
     */
    public static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    static Line now(Mark mark, int partition, long offset, int attempt) {
        return new Line(mark, now(), partition, offset, attempt);
    }

    String text() {
        return mark + " " + micros + ' ' + partition + ' ' + offset + ' ' + attempt + '\n';
    }

    /**
     * Reads a line.
     *
     * @param text the line without its end
     * @return the line; nothing if a kill has cut it short
     */
    public static Optional<Line> of(String text) {
        String[] parts = text.split(" ");
        if (parts.length != FIELDS) {
            return Optional.empty();
        }
        return Optional.of(new Line(
                Mark.valueOf(parts[0]),
                Long.parseLong(parts[1]),
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]),
                Integer.parseInt(parts[4])));
    }
}
