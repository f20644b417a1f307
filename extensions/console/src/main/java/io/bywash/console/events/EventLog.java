package io.bywash.console.events;

import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * The latest events of one consumer. Rebalances and changes of state are kept apart from the rest, or a thousand failed attempts would
 * push them out. Guarded by itself.
 */
final class EventLog {
    /** Of each kind; the most there are to see is twice as many. */
    static final int MOST = 250;

    /** A group of thousands of partitions that is shared anew again and again would fill the memory with their names. */
    private static final int MOST_NAMED = 50;

    private static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparingLong(Entry::number).reversed();

    private final Deque<Entry> ofGroup = new ArrayDeque<>();
    private final Deque<Entry> others = new ArrayDeque<>();
    private long number;

    private record Entry(long number, EventView event) {}

    synchronized void add(GroupEvent event) {
        boolean grouped = event instanceof GroupEvent.StateChanged
                || event instanceof GroupEvent.RebalanceStarted
                || event instanceof GroupEvent.RebalanceCompleted
                || event instanceof GroupEvent.RebalanceFailed;
        Deque<Entry> entries = grouped ? ofGroup : others;
        if (entries.size() == MOST) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(number++, view(event)));
    }

    private static EventView view(GroupEvent event) {
        boolean failure = event.isFailure()
                || event instanceof GroupEvent.StateChanged changed && changed.to() == ConsumerState.FAILED;
        GroupEvent.RebalanceCompleted shared = event instanceof GroupEvent.RebalanceCompleted done ? done : null;
        return new EventView(
                Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
                event.getClass().getSimpleName(),
                failure,
                EventText.of(event),
                shared == null ? List.of() : names(shared.claimed()),
                shared == null ? 0 : shared.claimed().size(),
                shared == null ? List.of() : names(shared.released()),
                shared == null ? 0 : shared.released().size());
    }

    private static List<String> names(Collection<TopicPartition> partitions) {
        return partitions.stream()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
                .limit(MOST_NAMED)
                .map(TopicPartition::toString)
                .toList();
    }

    /** Returns the events, the newest first. */
    synchronized List<EventView> newestFirst() {
        return Stream.concat(ofGroup.stream(), others.stream())
                .sorted(NEWEST_FIRST)
                .map(Entry::event)
                .toList();
    }
}
