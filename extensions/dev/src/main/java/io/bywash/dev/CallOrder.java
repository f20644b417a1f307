package io.bywash.dev;

import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.Ordering;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Judges the calls of one consumer by its ordering: of records that wait for each other one is in a call at a time, and none begins
 * before those ahead of it are through, further attempts included.
 */
final class CallOrder {
    private final Ordering ordering;
    private final Map<Place, Long> last = new HashMap<>();
    private final Map<Place, Long> calling = new HashMap<>();
    private final List<String> violations = new ArrayList<>();

    /** What keeps an order: a partition, or a key of one. */
    private record Place(TopicPartition partition, Optional<Object> key) {}

    private CallOrder(Ordering ordering) {
        this.ordering = ordering;
    }

    /** Returns what was out of order. */
    static List<String> violations(Ordering ordering, Journal.Course course) {
        CallOrder order = new CallOrder(ordering);
        course.entries().forEach(entry -> order.place(entry).ifPresent(place -> order.judge(entry, place)));
        return order.violations;
    }

    private Optional<Place> place(Journal.Entry entry) {
        TopicPartition partition = entry.position().partition();
        if (ordering instanceof Ordering.Key) {
            return entry.key().map(key -> new Place(partition, Optional.of(key)));
        }
        return ordering instanceof Ordering.None
                ? Optional.empty()
                : Optional.of(new Place(partition, Optional.empty()));
    }

    private void judge(Journal.Entry entry, Place place) {
        if (entry.moment() == Journal.Moment.OVER) {
            calling.remove(place);
            return;
        }
        RecordPosition record = entry.position();
        Long other = calling.put(place, record.offset());
        if (other != null) {
            violations.add(record + " was begun while offset " + other + " was in a call");
        }
        Long before = last.put(place, record.offset());
        if (before != null && before > record.offset()) {
            violations.add(record + " was begun after offset " + before);
        }
    }
}
