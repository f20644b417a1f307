package io.bywash.core.poll;

import io.bywash.core.commit.Committer;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.snapshot.CallSnapshot;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Takes a snapshot of the whole consumer twice a second, publishes it as {@link Progress}, and reports partitions that stand. It looks
 * at what workers and poll thread leave behind anyway. Belongs to the poll thread.
 */
final class Survey {
    private static final long INTERVAL_NANOS = Duration.ofMillis(500).toNanos();

    private final PollContext context;
    private final UnaryOperator<String> handlers;
    private final Watchdog watchdog;
    private final Pauses pauses;
    private final Sources sources;
    private final Map<String, String> names = new HashMap<>();
    private final LogEnds logEnds;
    private long lastTaken;

    /**
     * Where else is something to be seen.
     *
     * @param committer whether commits get through
     * @param positions the partitions whose position is not known
     * @param departure whether the consumer is closing
     */
    record Sources(Committer committer, Positions positions, Departure departure) {}

    Survey(PollContext context, UnaryOperator<String> handlers, Watchdog watchdog, Pauses pauses, Sources sources) {
        this.context = context;
        this.handlers = handlers;
        this.watchdog = watchdog;
        this.pauses = pauses;
        this.sources = sources;
        this.logEnds = new LogEnds(context.settings().kafka());
        this.lastTaken = context.now() - INTERVAL_NANOS;
    }

    /** Takes a snapshot if it is time. */
    void turn(Consumer<byte[], byte[]> consumer) {
        long now = context.now();
        if (now - lastTaken < INTERVAL_NANOS) {
            return;
        }
        lastTaken = now;
        Moment moment = new Moment(
                now,
                context.environment().clock().instant(),
                sources.committer().trouble(),
                sources.departure().began(),
                pauses.memoryFullSince());
        List<PartitionSnapshot> partitions = new ArrayList<>();
        Collection<PartitionView> views = context.progress().views();
        int count = views.size();
        int place = 0;
        for (PartitionView view : views) {
            if (logEnds.isAsked(place++, count)) {
                view.ask(consumer);
            }
            PartitionSnapshot taken = take(view, moment);
            partitions.add(taken);
            if (view.isToBeReported(moment, context.settings().timing().stallAfter())) {
                report(view, taken, moment);
            }
        }
        logEnds.looked(count);
        if (!sources.positions().unresolved().isEmpty()) {
            addUnresolved(partitions, moment);
        }
        // The time is told last, so that nothing in the snapshot is of later.
        Instant taken = context.environment().clock().instant();
        context.progress()
                .publish(
                        new GroupSnapshot(context.status().state(), taken, List.copyOf(partitions)),
                        Set.copyOf(consumer.paused()),
                        watchdog.inFlight());
    }

    private PartitionSnapshot take(PartitionView view, Moment moment) {
        return view.take(new PartitionView.Look(
                moment,
                watchdog.calls(view.session()),
                facts -> Diagnosis.of(context.settings(), pauses, moment, facts),
                handlerOf(view.session().partition())));
    }

    private String handlerOf(TopicPartition partition) {
        return names.computeIfAbsent(partition.topic(), handlers);
    }

    private void addUnresolved(List<PartitionSnapshot> partitions, Moment moment) {
        sources.positions()
                .unresolved()
                .forEach((partition, what) -> partitions.add(unresolved(partition, what, moment)));
        partitions.sort(Progress.ORDER);
    }

    private PartitionSnapshot unresolved(TopicPartition partition, Positions.Unresolved what, Moment moment) {
        return new PartitionSnapshot(
                partition,
                handlerOf(partition),
                -1,
                -1,
                -1,
                -1,
                0,
                Duration.ZERO,
                Set.of(PauseReason.POSITION),
                new Condition.Held(
                        HoldCause.POSITION,
                        true,
                        -1,
                        Optional.empty(),
                        moment.at(what.since()),
                        Optional.of(moment.at(sources.positions().retryAt())),
                        "the broker does not tell where to begin: " + what.why()),
                List.of(),
                0,
                List.of());
    }

    private void report(PartitionView view, PartitionSnapshot stalled, Moment moment) {
        if (!(stalled.condition() instanceof Condition.Held held)) {
            return;
        }
        Duration age = Duration.between(moment.at(view.standing().orElseThrow()), moment.instant());
        Optional<CallSnapshot> call = stalled.calls().stream()
                .filter(one -> one.offset() == held.offset())
                .findFirst();
        context.events()
                .publish(new GroupEvent.PartitionStalled(
                        new RecordPosition(stalled.partition(), stalled.frontier()),
                        stalled.buffered(),
                        age,
                        new GroupEvent.Hold(
                                held.cause().name(),
                                new RecordPosition(stalled.partition(), held.offset()),
                                held.key(),
                                held.since(),
                                held.why(),
                                held.cause().remedy()),
                        call.map(one ->
                                new GroupEvent.Running(one.thread(), one.stack().get()))));
    }
}
