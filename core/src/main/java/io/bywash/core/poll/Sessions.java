package io.bywash.core.poll;

import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.TakerFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.TopicPartition;

/**
 * The sessions of the partitions this consumer has, and the takers of former sessions that are not quiet yet. Belongs to the poll
 * thread; what is published may be read by all.
 */
final class Sessions {
    private final TakerFactory takers;
    private final int recordBound;
    private final Map<TopicPartition, PartitionSession> open = new LinkedHashMap<>();
    private final Map<TopicPartition, List<RecordTaker>> lingering = new HashMap<>();
    private long lastEpoch;
    private final Map<TopicPartition, PartitionSession> published = new ConcurrentHashMap<>();
    private int opened;

    Sessions(TakerFactory takers, int recordBound) {
        this.takers = takers;
        this.recordBound = recordBound;
    }

    PartitionSession open(TopicPartition partition, Origin origin) {
        PartitionSession session = new PartitionSession(partition, ++lastEpoch, origin, recordBound);
        // Now and then: thousands may come while the calls of thousands end.
        if (++opened >= lingering.size()) {
            dropQuiet();
        }
        // Emptied as they become quiet: a taker that kept those before it would keep all there ever were.
        List<RecordTaker> former = new CopyOnWriteArrayList<>(lingering.getOrDefault(partition, List.of()));
        session.takenBy(takers.create(session, () -> {
            former.removeIf(RecordTaker::isQuiet);
            return former.isEmpty();
        }));
        open.put(partition, session);
        published.put(partition, session);
        session.taker().start();
        return session;
    }

    /** Forgets the sessions of partitions; their takers are remembered until they are quiet. */
    void forget(Collection<PartitionSession> gone) {
        for (PartitionSession session : gone) {
            open.remove(session.partition(), session);
            published.remove(session.partition(), session);
            lingering
                    .computeIfAbsent(session.partition(), none -> new ArrayList<>())
                    .add(session.taker());
        }
        dropQuiet();
    }

    /** Tells whether no handler is called any more for the sessions that were forgotten. */
    boolean formerCallsAreOver() {
        dropQuiet();
        return lingering.values().stream().flatMap(List::stream).noneMatch(RecordTaker::callsHandlers);
    }

    private void dropQuiet() {
        opened = 0;
        lingering.values().forEach(former -> former.removeIf(RecordTaker::isQuiet));
        lingering.values().removeIf(List::isEmpty);
    }

    /** Returns the epoch of the session that was opened last; another one means that partitions came or began anew. */
    long lastEpoch() {
        return lastEpoch;
    }

    List<PartitionSession> of(Collection<TopicPartition> some) {
        List<PartitionSession> found = new ArrayList<>();
        for (TopicPartition partition : some) {
            get(partition).ifPresent(found::add);
        }
        return found;
    }

    /** Tells whether a session has not been forgotten. */
    boolean has(PartitionSession session) {
        return open.get(session.partition()) == session;
    }

    Optional<PartitionSession> get(TopicPartition partition) {
        return Optional.ofNullable(open.get(partition));
    }

    Collection<PartitionSession> all() {
        return Collections.unmodifiableCollection(open.values());
    }

    /** Returns the partitions there are, as a copy. May be called from any thread. */
    Set<TopicPartition> partitions() {
        return Set.copyOf(published.keySet());
    }

    /** Returns the session of a partition. May be called from any thread. */
    Optional<PartitionSession> published(TopicPartition partition) {
        return Optional.ofNullable(published.get(partition));
    }
}
