package io.bywash.console.events;

import io.bywash.core.event.GroupEvent;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Tells an event on one line. */
final class EventText {
    private static final int LONGEST = 500;
    private static final int MOST_NAMED = 50;
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

    private EventText() {}

    static String of(GroupEvent event) {
        String text = told(event);
        String line = CONTROL.matcher(text == null ? event.toString() : text).replaceAll(" ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private static @Nullable String told(GroupEvent event) {
        if (event instanceof GroupEvent.StateChanged changed) {
            return changed.from() + " to " + changed.to();
        } else if (event instanceof GroupEvent.RebalanceStarted started) {
            return "shared anew; " + started.current().size() + " partitions until then";
        } else if (event instanceof GroupEvent.RebalanceCompleted done) {
            return done.current().size() + " partitions: " + done.claimed().size() + " came, "
                    + done.released().size() + " went";
        } else if (event instanceof GroupEvent.RebalanceFailed failed) {
            return failed.cause() + "; " + failed.current().size() + " partitions left";
        } else if (event instanceof GroupEvent.PartitionsStarted started) {
            return begun(started.positions());
        } else if (event instanceof GroupEvent.PositionJumped jumped) {
            return jumped.partition() + " goes on at " + jumped.to() + " and not at " + jumped.from() + " ("
                    + jumped.reason() + ")";
        }
        return ofRecord(event);
    }

    private static String begun(Map<TopicPartition, Long> positions) {
        return positions.entrySet().stream()
                .map(begin -> begin.getKey() + " at " + begin.getValue())
                .sorted()
                .limit(MOST_NAMED)
                .collect(Collectors.joining(
                        ", ", positions.size() + " partitions without a committed offset begin: ", ""));
    }

    private static @Nullable String ofRecord(GroupEvent event) {
        if (event instanceof GroupEvent.AttemptFailed failed) {
            return failed.record() + ", attempt " + failed.attempt() + " of " + failed.handler() + ", then "
                    + failed.next() + ": " + failed.cause();
        } else if (event instanceof GroupEvent.DeadLettered letter) {
            return letter.record() + " went to " + letter.topic() + " after " + letter.attempts() + " attempts";
        } else if (event instanceof GroupEvent.DeadLetterFailed failed) {
            return failed.record() + " waits, since " + failed.topic() + " does not take it: " + failed.cause();
        } else if (event instanceof GroupEvent.Skipped skipped) {
            return skipped.record() + " was left out after " + skipped.attempts() + " attempts: " + skipped.cause();
        } else if (event instanceof GroupEvent.PartitionHalted halted) {
            return halted.at() + " halts: " + halted.cause();
        } else if (event instanceof GroupEvent.HandlerStuck stuck) {
            return stuck.record() + " has been in " + stuck.handler() + " for "
                    + stuck.age().toSeconds() + " s on " + stuck.thread();
        } else if (event instanceof GroupEvent.PartitionStalled stalled) {
            return stalled.at() + " has not moved for " + stalled.age().toSeconds() + " s, and " + stalled.waiting()
                    + " records wait";
        }
        return ofConsumer(event);
    }

    private static @Nullable String ofConsumer(GroupEvent event) {
        if (event instanceof GroupEvent.CommitFailed failed) {
            return "the next commit covers it: " + failed.cause();
        } else if (event instanceof GroupEvent.PollFailed failed) {
            return "it is tried again: " + failed.cause();
        } else if (event instanceof GroupEvent.ConsumerFailed failed) {
            return "stopped: " + failed.cause().getMessage();
        } else if (event instanceof GroupEvent.TopicsMissing missing) {
            return "waits for topics that do not exist: " + String.join(", ", missing.topics());
        }
        return null;
    }
}
