package io.bywash.core.pull;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.SessionState;
import io.bywash.core.session.TakerFactory;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/** The sources of the partitions a reader has. The poll thread makes them; any thread may look them up. */
final class Sources implements TakerFactory {
    private final ReaderContext<?, ?> context;
    private final Commits commits;
    private final Map<TopicPartition, PartitionSource> current = new ConcurrentHashMap<>();
    private volatile Intake intake = Intake.NOBODY;
    private volatile boolean abandoned;

    Sources(ReaderContext<?, ?> context, Commits commits) {
        this.context = context;
        this.commits = commits;
    }

    @Override
    public RecordTaker create(PartitionSession session, BooleanSupplier formerQuiet) {
        return new PartitionSource(session, formerQuiet, this);
    }

    /** Takes up a new source. Called by the poll thread. */
    void began(PartitionSource source) {
        current.put(source.partition(), source);
        changed(source);
    }

    /** Takes up what the poll thread did with a session. */
    void signalled(PartitionSource source) {
        SessionState state = source.session().state();
        if (!state.counts()) {
            current.remove(source.partition(), source);
        }
        if (source.isAwaited()) {
            commits.interrupt();
        }
        if (state == SessionState.RELEASED && !source.isQuiet()) {
            context.events().publish(new GroupEvent.StreamNotClosed(source.partition()));
        }
        changed(source);
    }

    /** Passes on that something about a source changed. */
    void changed(PartitionSource source) {
        source.bell().ring();
        intake.changed(source);
    }

    /** Says who reads; tells of all sources there are. */
    void readBy(Intake reader) {
        intake = reader;
        current.values().forEach(reader::changed);
    }

    /** Waits for no stream to be closed from now on. */
    void abandon() {
        abandoned = true;
        wakeAll();
    }

    boolean areAbandoned() {
        return abandoned;
    }

    void wakeAll() {
        current.values().forEach(source -> source.bell().ring());
    }

    Optional<PartitionSource> of(TopicPartition partition) {
        return Optional.ofNullable(current.get(partition));
    }

    /** Tells whether the poll thread waits for a stream to be closed. */
    boolean areAwaited() {
        return current.values().stream().anyMatch(PartitionSource::isAwaited);
    }
}
