package io.bywash.benchmarks.scenario;

import io.bywash.benchmarks.load.Content;
import io.bywash.benchmarks.subject.Contestant;
import java.util.List;

/**
 * One thing that is measured.
 *
 * @param name its name on the command line and of its chart
 * @param title what it is
 * @param content what the topic holds
 * @param handler what the handler does
 * @param load how the records come
 * @param contestants who takes part; the first is the one the others are compared with
 */
public record Scenario(
        String name, String title, Content content, Handler handler, Load load, List<Contestant> contestants) {
    private static final int MANY_PARTITIONS = 100;

    /** What the handler does. */
    public enum Handler {

        /** It counts. */
        COUNTS,

        /** It computes for 20 microseconds. */
        COMPUTES,

        /** It waits as long as the record says, and the order of the keys is watched. */
        WAITS
    }

    /** How the records come. */
    public sealed interface Load {

        /** All are there before the first is read; the throughput counts. */
        record Backlog() implements Load {}

        /**
         * They come one by one; their delay counts.
         *
         * @param perSecond how many a second
         * @param warmUp which part of them comes first and does not count, 0 to 1
         */
        record Steady(int perSecond, double warmUp) implements Load {}
    }

    /** Returns how many records come first and do not count. */
    int firstMeasured() {
        return load instanceof Load.Steady steady ? (int) (content.records() * steady.warmUp()) : 0;
    }

    /** Tells whether there are so many partitions that what each takes of the heap counts. */
    boolean isOfManyPartitions() {
        return content.partitions() >= MANY_PARTITIONS;
    }

    /** Returns the one the others are compared with. */
    Contestant yardstick() {
        return contestants.get(0);
    }

    /**
     * Returns the same with fewer or more records.
     *
     * @param scale by how much
     * @return the scenario
     */
    public Scenario scaled(double scale) {
        int records = (int) Math.max(1, Math.round(content.records() * scale));
        String scaled = scale == 1 ? title : title + ", times " + scale;
        return new Scenario(name, scaled, content.withRecords(records), handler, load, contestants);
    }

    /**
     * Returns the same with some of those who take part, and the yardstick.
     *
     * @param chosen who takes part besides the yardstick
     * @return the scenario
     */
    public Scenario with(List<Contestant> chosen) {
        List<Contestant> kept = contestants.stream()
                .filter(contestant -> contestant.equals(yardstick()) || chosen.contains(contestant))
                .toList();
        return new Scenario(name, title, content, handler, load, kept);
    }
}
