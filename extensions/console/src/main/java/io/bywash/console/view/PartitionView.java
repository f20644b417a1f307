package io.bywash.console.view;

import io.bywash.console.settings.ConsoleSettings.Contents;
import io.bywash.core.event.PauseReason;
import io.bywash.core.snapshot.CallSnapshot;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one partition stands.
 *
 * @param topic its topic
 * @param partition its number
 * @param handler the handler of its topic
 * @param condition whether it moves on
 * @param cause what holds it up, if something does
 * @param whole whether all of it waits, not some keys alone
 * @param heldOffset the record, or position, it waits at
 * @param heldKey the key of that record, if contents are shown
 * @param since since when it waits
 * @param until when it goes on by itself
 * @param why the details, for a person; empty if nothing holds it up
 * @param committed the offset the broker holds for the group
 * @param frontier the first record that is not complete
 * @param position where the client reads on
 * @param logEnd the end of the log; -1 if it was not heard yet
 * @param lag offsets between the frontier and the end
 * @param backlog what of that more processes could help with
 * @param buffered records that were delivered and are not complete
 * @param behindSince the time of the oldest record that waits; null if none does
 * @param pauseReasons why it is not fetched
 * @param waitingCount how many records failed and wait, and wait behind these
 * @param calls how many calls are under way
 * @param oldestCallSince when the oldest of them was first seen
 * @param oldestCallOffset the record it is about
 */
public record PartitionView(
        String topic,
        int partition,
        String handler,
        Moves condition,
        @Nullable HoldCause cause,
        boolean whole,
        @Nullable Long heldOffset,
        @Nullable String heldKey,
        @Nullable String since,
        @Nullable String until,
        String why,
        long committed,
        long frontier,
        long position,
        long logEnd,
        long lag,
        long backlog,
        long buffered,
        @Nullable String behindSince,
        List<PauseReason> pauseReasons,
        long waitingCount,
        int calls,
        @Nullable String oldestCallSince,
        @Nullable Long oldestCallOffset) {

    private static final Duration MOST_EXACT = Duration.ofSeconds(10);

    /** Whether a partition moves on. */
    public enum Moves {
        /** It does. */
        ADVANCING,
        /** There is nothing to read. */
        IDLE,
        /** It does not, wholly or in part. */
        HELD;

        static Moves of(Condition condition) {
            if (condition instanceof Condition.Held) {
                return HELD;
            }
            return condition instanceof Condition.Idle ? IDLE : ADVANCING;
        }
    }

    /**
     * Describes a partition.
     *
     * @param of its snapshot
     * @param taken when that was taken
     * @param contents whether its key is shown
     * @return the description
     */
    public static PartitionView of(PartitionSnapshot of, Instant taken, Contents contents) {
        Optional<Condition.Held> held =
                of.condition() instanceof Condition.Held found ? Optional.of(found) : Optional.empty();
        Optional<CallSnapshot> oldest = of.calls().stream().findFirst();
        return new PartitionView(
                of.partition().topic(),
                of.partition().partition(),
                of.handler(),
                Moves.of(of.condition()),
                held.map(Condition.Held::cause).orElse(null),
                held.filter(Condition.Held::isWhole).isPresent(),
                held.map(Condition.Held::offset).orElse(null),
                contents == Contents.SHOWN ? held.flatMap(Condition.Held::key).orElse(null) : null,
                Times.text(held.map(Condition.Held::since)),
                Times.text(held.flatMap(Condition.Held::until)),
                of.why(),
                of.committed(),
                of.frontier(),
                of.position(),
                of.logEnd(),
                of.lag(),
                of.backlog(),
                of.buffered(),
                behindSince(of, taken),
                of.pauseReasons().stream().sorted().toList(),
                of.waitingCount(),
                of.calls().size(),
                Times.text(oldest.map(CallSnapshot::since)),
                oldest.map(CallSnapshot::offset).orElse(null));
    }

    /** Snapshot and partition are not taken at the very same moment; a partition that stands must not look different for that. */
    private static @Nullable String behindSince(PartitionSnapshot of, Instant taken) {
        if (of.behind().isZero()) {
            return null;
        }
        Instant since = taken.minus(of.behind());
        return Times.text(of.behind().compareTo(MOST_EXACT) < 0 ? since : since.truncatedTo(ChronoUnit.SECONDS));
    }
}
