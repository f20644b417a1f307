package io.bywash.simulation.oracle;

import io.bywash.simulation.cluster.Topics;
import io.bywash.simulation.schedule.Trace;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What the judges share: the partitions, who has them, and what was found. */
final class Truth {
    private final Trace trace;
    private final Tally tally = new Tally();
    private final Map<TopicPartition, PartitionTruth> partitions = new LinkedHashMap<>();
    private final Map<Place, Ownership> current = new LinkedHashMap<>();
    private final Set<Place> given = new HashSet<>();
    private Optional<Finding> finding = Optional.empty();

    /** A partition at a client. */
    record Place(String client, TopicPartition partition) {}

    Truth(Topics topics, Trace trace) {
        this.trace = trace;
        topics.logs().forEach(log -> partitions.put(log.partition(), new PartitionTruth(log)));
    }

    Tally tally() {
        return tally;
    }

    Collection<PartitionTruth> partitions() {
        return partitions.values();
    }

    PartitionTruth of(TopicPartition partition) {
        return Objects.requireNonNull(partitions.get(partition), () -> "there is no partition " + partition);
    }

    Optional<Ownership> owner(Place place) {
        return Optional.ofNullable(current.get(place));
    }

    void begin(Ownership ownership) {
        current.put(ownership.place(), ownership);
    }

    /** Tells whether no ownership of a partition has ended at a client so far. */
    boolean isFirstAt(Place place) {
        return !given.contains(place);
    }

    /** Returns all ownerships there are, those included that are over and whose owners do not know it yet. */
    Collection<Ownership> owners() {
        return current.values();
    }

    /** Begins a new ownership of the same owner elsewhere, which remembers nothing of the one before. */
    void reset(Ownership before, long offset) {
        PartitionTruth of = of(before.partition());
        of.mayGoBackTo(offset);
        end(before.place());
        Ownership after = before.anew(offset);
        begin(after);
        of.begin(after);
    }

    Optional<Ownership> end(Place place) {
        Optional<Ownership> ended = Optional.ofNullable(current.remove(place));
        ended.ifPresent(Ownership::end);
        given.add(place);
        return ended;
    }

    /** Returns all partitions of a client. */
    List<Place> placesOf(String client) {
        return current.keySet().stream()
                .filter(place -> place.client().equals(client))
                .toList();
    }

    /** Notes that a record is done with, by its owner. */
    void done(Ownership owner, long offset) {
        owner.complete(offset);
        owner.attempts().complete(offset);
        PartitionTruth of = of(owner.partition());
        if (of.isDoneAgain(Objects.requireNonNull(of.log().records().get(offset)))) {
            tally.add(Tally.Kind.AGAIN);
        }
    }

    /** Reports something that must not be. The first counts; what follows may come of it. */
    void report(Invariant invariant, String how) {
        trace.note("oracle", invariant.name() + " broken: " + how);
        if (finding.isEmpty()) {
            finding = Optional.of(new Finding(invariant, how));
        }
    }

    Optional<Finding> finding() {
        return finding;
    }
}
