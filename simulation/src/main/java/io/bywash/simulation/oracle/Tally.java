package io.bywash.simulation.oracle;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what happened in a run, so that nobody takes a run in which nothing did for a proof. */
public final class Tally {

    /** What is counted. */
    public enum Kind {
        /** Records the handler returned from in time. */
        HANDLED,
        /** Records the handler returned from in time while one before them was not complete. */
        OUT_OF_ORDER,
        /** Records that were done before. */
        AGAIN,
        /** Calls that failed. */
        FAILED_CALLS,
        /** Calls for several records that failed without saying at which. */
        FAILED_TOGETHER,
        /** Calls that succeeded after they were interrupted for being late. */
        TIMED_OUT_CALLS,
        /** Calls that came back after the partition was given up. */
        LATE_CALLS,
        /** Dead letters the broker acknowledged. */
        LETTERS,
        /** Dead letters sent. */
        LETTERS_SENT,
        /** Records left out. */
        SKIPPED,
        /** Partitions halted. */
        HALTED,
        /** Partitions given up in good order. */
        RELEASED,
        /** Partitions taken away. */
        LOST,
        /** Commits applied. */
        COMMITS,
        /** Commits for a partition that tell what is complete beyond the offset. */
        COMMITS_WITH_RANGES,
        /** Commits that failed, as the client was told. */
        FAILED_COMMITS,
        /** Marks of applications that count. */
        MARKS,
        /** Marks of records that were read under an ownership that is over. */
        LATE_MARKS,
        /** Positions that an application has gone back to. */
        RESETS,
        /** Logs whose end was lost. */
        TRUNCATIONS,
        /** Positions that moved since there was nothing so old any more. */
        JUMPS,
        /** Processes that were no more from one moment to the next. */
        CRASHES,
        /** Polls that moved a position without a record. */
        EMPTY_MOVES,
        /** Consumers that stopped because of an error. */
        FAILED_CONSUMERS,
        /** Consumers that stopped because another took their place. */
        FENCED_CONSUMERS
    }

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    void add(Kind kind) {
        counts.merge(kind, 1L, Long::sum);
    }

    /** Returns a count. */
    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Adds all counts of another run. */
    public void add(Tally other) {
        other.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    }

    @Override
    public String toString() {
        return Arrays.stream(Kind.values())
                .map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " " + count(kind))
                .collect(Collectors.joining(", "));
    }
}
