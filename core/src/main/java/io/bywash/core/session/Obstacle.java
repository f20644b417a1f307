package io.bywash.core.session;

import io.bywash.core.event.PauseReason;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.WaitingRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What keeps records of a partition from moving on, as its worker sees it. */
public sealed interface Obstacle {

    /** Nothing does. */
    Obstacle NONE = new None();

    /**
     * Returns the details, for a person.
     *
     * @return empty if there is no obstacle
     */
    String why();

    /** Nothing does. */
    record None() implements Obstacle {
        @Override
        public String why() {
            return "";
        }
    }

    /**
     * The whole partition waits, though none of its records has failed.
     *
     * @param reason why it is not fetched
     * @param cause what kind of thing it waits for
     * @param offset the position it waits at
     * @param since since when
     * @param why the details, for a person
     */
    record Barred(PauseReason reason, HoldCause cause, long offset, Instant since, String why) implements Obstacle {}

    /**
     * The whole partition waits for a record that has failed.
     *
     * @param record the record
     */
    record Blocked(WaitingRecord record) implements Obstacle {

        /**
         * Returns why the partition is not fetched.
         *
         * @return what the record waits for
         */
        public PauseReason reason() {
            return Obstacle.reason(record);
        }

        @Override
        public String why() {
            return record.why();
        }
    }

    /**
     * Some keys wait for records that have failed while others go on.
     *
     * @param gravest the first of those with the gravest cause, in the order of {@link HoldCause}
     * @param records those that wait, in the order of their offsets, at least one; the first of them if they are too many to be named
     * @param count how many wait
     */
    record Hindered(WaitingRecord gravest, List<WaitingRecord> records, int count) implements Obstacle {
        private static final int NAMED = 3;

        /**
         * Returns why the partition is not fetched once these have filled its buffer.
         *
         * @return what the first of them waits for
         */
        public PauseReason reason() {
            return Obstacle.reason(records.get(0));
        }

        @Override
        public String why() {
            String named = records.stream()
                    .limit(NAMED)
                    .map(record -> "offset " + record.offset() + ": " + record.why())
                    .collect(Collectors.joining("; "));
            return count > NAMED ? named + "; and " + (count - NAMED) + " more" : named;
        }
    }

    private static PauseReason reason(WaitingRecord record) {
        return switch (record.cause()) {
            case RETRY -> PauseReason.RETRY;
            case DEAD_LETTER_DOWN -> PauseReason.DEAD_LETTER_DOWN;
            case HALTED -> PauseReason.HALTED;
            default -> throw new IllegalArgumentException("no failed record waits because of " + record.cause());
        };
    }
}
