package io.bywash.dev;

import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.Ordering;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows which records of a consumer wait although nothing but a slow order could keep them from a call: the broker has taken them,
 * they are good, nothing that fails has their key, and the consumer may make a further call at the same time. May be used by all
 * threads.
 */
final class Backlog implements SlowOrder.Others {
    private final Journal journal;
    private final Journal.Course course;
    private final int callsAtOnce;

    Backlog(Journal journal, String consumer, Ordering ordering) {
        this.journal = journal;
        this.course = journal.course(consumer);
        this.callsAtOnce = callsAtOnce(ordering);
    }

    /** Returns how many records of one partition may be in a call. */
    private static int callsAtOnce(Ordering ordering) {
        if (ordering instanceof Ordering.Key key) {
            return key.concurrency();
        }
        return ordering instanceof Ordering.None none ? none.concurrency() : 1;
    }

    @Override
    public boolean couldPass(TopicPartition partition, int slowCalls) {
        return slowCalls < callsAtOnce && isAnyWaiting(partition);
    }

    private boolean isAnyWaiting(TopicPartition partition) {
        Set<String> waiting = new HashSet<>();
        Set<String> heldUp = new HashSet<>(Set.of(SlowOrder.ID));
        for (Map.Entry<RecordPosition, Sent> sent : journal.sent().entrySet()) {
            RecordPosition record = sent.getKey();
            if (record.partition().equals(partition)) {
                String order = journal.order(record);
                if (sent.getValue() != Sent.GOOD) {
                    heldUp.add(order);
                } else if (course.timesHandled(record) == 0) {
                    waiting.add(order);
                }
            }
        }
        waiting.removeAll(heldUp);
        return !waiting.isEmpty();
    }
}
