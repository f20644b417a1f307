package io.bywash.simulation;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.snapshot.PartitionSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds every snapshot of a process against I8. What a snapshot says of a moment may be overtaken by a rebalance at the next, so it is
 * wrong only if it says so three times in a row.
 */
final class Witness {
    private static final int WRONG = 3;

    private final Participant consumer;
    private final Consumer<String> report;
    private final Duration stallAfter;
    private final Map<TopicPartition, Stand> stands = new HashMap<>();
    private final Map<TopicPartition, Integer> absences = new HashMap<>();
    private Instant last = GroupSnapshot.EMPTY.taken();

    /** A partition with records that wait: where its frontier was first seen, when, and how often it has been unexplained since. */
    private record Stand(long frontier, Instant since, int unexplained) {}

    Witness(Participant consumer, Consumer<String> report) {
        this.consumer = consumer;
        this.report = report;
        this.stallAfter = consumer.settings().timing().stallAfter();
    }

    /** A new ownership stands where the former one stood, but not for as long. */
    void hear(GroupEvent event) {
        if (event instanceof GroupEvent.RebalanceCompleted completed) {
            stands.keySet().removeAll(completed.claimed());
        } else if (event instanceof GroupEvent.PositionJumped jumped) {
            stands.remove(jumped.partition());
        } else if (event instanceof GroupEvent.PartitionsStarted started) {
            stands.keySet().removeAll(started.positions().keySet());
        }
    }

    /** Looks at the snapshot if it is a new one. */
    void look() {
        GroupSnapshot now = consumer.snapshot();
        if (now.taken().equals(last)) {
            return;
        }
        last = now.taken();
        stands.keySet()
                .retainAll(now.partitions().stream()
                        .map(PartitionSnapshot::partition)
                        .toList());
        now.partitions().forEach(partition -> look(now, partition));
        lookForAbsent(now);
    }

    private void look(GroupSnapshot now, PartitionSnapshot partition) {
        if (partition.condition() instanceof Condition.Held held && held.since().isAfter(now.taken())) {
            report.accept("held since the future: " + partition + " at " + now.taken());
        }
        if (partition.buffered() == 0) {
            stands.remove(partition.partition());
            return;
        }
        Stand fresh = new Stand(partition.frontier(), now.taken(), 0);
        Stand stand = stands.getOrDefault(partition.partition(), fresh);
        if (stand.frontier() != partition.frontier()) {
            stand = fresh;
        }
        boolean stands = !now.taken().isBefore(stand.since().plus(stallAfter));
        boolean explained = !stands || partition.condition() instanceof Condition.Held;
        int unexplained = explained ? 0 : stand.unexplained() + 1;
        if (unexplained == WRONG) {
            report.accept("stands since " + stand.since() + " for no reason: " + partition + " at " + now.taken());
        }
        this.stands.put(partition.partition(), new Stand(stand.frontier(), stand.since(), unexplained));
    }

    private void lookForAbsent(GroupSnapshot now) {
        Set<TopicPartition> assigned = consumer.assignment();
        now.partitions().forEach(partition -> absences.remove(partition.partition()));
        absences.keySet().retainAll(assigned);
        for (TopicPartition partition : assigned) {
            boolean isTold =
                    now.partitions().stream().anyMatch(told -> told.partition().equals(partition));
            if (!isTold && absences.merge(partition, 1, Integer::sum) == WRONG) {
                report.accept(partition + " is assigned, but nothing is said of it: " + now);
            }
        }
    }
}
