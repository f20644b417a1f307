package io.bywash.simulation.oracle;

import io.bywash.simulation.cluster.PartitionLog;
import io.bywash.simulation.schedule.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Judges how partitions change hands: where the next owner begins, and what the last one leaves undone. */
final class HandoverJudge {
    private static final Duration IDLE = Duration.ofMillis(300);

    private final Truth truth;
    private final CallJudge calls;
    private final Activity activity;
    private final VirtualClock clock;
    private final Duration drainTimeout;
    private final Map<String, Farewell> farewells = new HashMap<>();
    private final Set<String> stopping = new HashSet<>();
    private final Set<String> releasing = new HashSet<>();
    private final Set<String> committing = new HashSet<>();
    private final Set<String> failed = new HashSet<>();

    /** The time in which a client gives partitions up, or stops. */
    private static final class Farewell {
        private final long began;
        private final long patience;
        private boolean commitFailed;
        private boolean cutShort;

        Farewell(long began, Duration time) {
            this.began = began;
            // Calls get seven tenths of the time before they are interrupted; until then there is no reason to give one
            // up.
            this.patience = time.toNanos() / 10 * 7;
        }
    }

    HandoverJudge(Truth truth, CallJudge calls, Activity activity, VirtualClock clock, Duration drainTimeout) {
        this.truth = truth;
        this.calls = calls;
        this.activity = activity;
        this.clock = clock;
        this.drainTimeout = drainTimeout;
    }

    void assigned(String client, Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionTruth of = truth.of(partition);
            truth.begin(new Ownership(
                    client, partition, of.committed(), of.handover().handedOver()));
            // Until this owner hands over, whoever comes next has nothing to go by.
            of.handOver(Attempts.unknown());
        }
    }

    void fetched(Truth.Place place, long position, PartitionLog.Fetched fetched) {
        truth.owner(place).ifPresent(owner -> {
            if (position != owner.next()) {
                truth.report(Invariant.I5, owner + ": reads on at " + position + " instead of " + owner.next());
            }
            if (fetched.records().isEmpty()) {
                truth.tally().add(Tally.Kind.EMPTY_MOVES);
            }
            owner.deliver(fetched);
        });
    }

    void stopping(String client, Duration time) {
        stopping.add(client);
        if (releasing.contains(client)) {
            farewell(client).cutShort = true;
        } else {
            // A rebalance on the way out has no more time than any other.
            farewells.put(client, new Farewell(clock.now(), time.compareTo(drainTimeout) < 0 ? time : drainTimeout));
        }
    }

    /** A client that stops on an error leaves in its own time. */
    void failed(String client) {
        failed.add(client);
    }

    void releasing(String client) {
        releasing.add(client);
        if (!stopping.contains(client)) {
            farewells.put(client, new Farewell(clock.now(), drainTimeout));
        }
    }

    /** A client that gives partitions up has come to its last commit, or to the end. */
    void drained(String client) {
        if (!releasing.remove(client)) {
            return;
        }
        committing.add(client);
        if (stopping.contains(client)) {
            // It has drained before it gives anything up.
            return;
        }
        Farewell farewell = farewell(client);
        if (clock.now() - farewell.began >= farewell.patience && activity.idle(client) > IDLE.toNanos()) {
            truth.report(
                    Invariant.I13,
                    client + " has kept the group waiting, with nothing in flight for "
                            + Duration.ofNanos(activity.idle(client)));
        }
    }

    /** Tells whether a client gives partitions up and is at its last commit. */
    boolean isCommitting(String client) {
        return committing.contains(client);
    }

    void commitFailed(String client) {
        Optional.ofNullable(farewells.get(client)).ifPresent(farewell -> farewell.commitFailed = true);
    }

    void released(String client, Set<TopicPartition> partitions) {
        drained(client);
        committing.remove(client);
        for (TopicPartition partition : partitions) {
            truth.end(new Truth.Place(client, partition)).ifPresent(owner -> {
                truth.tally().add(Tally.Kind.RELEASED);
                judge(owner, farewell(client));
            });
        }
    }

    private Farewell farewell(String client) {
        return Objects.requireNonNull(farewells.get(client), client);
    }

    private void judge(Ownership owner, Farewell farewell) {
        if (farewell.commitFailed || failed.contains(owner.client())) {
            return;
        }
        PartitionTruth of = truth.of(owner.partition());
        of.handOver(owner.attempts());
        if (farewell.cutShort || clock.now() - farewell.began >= farewell.patience) {
            return;
        }
        if (calls.isInFlight(owner)) {
            truth.report(
                    Invariant.I5,
                    owner + ": given up in the middle of a call for " + owner.frontier() + ", although there was time");
        } else if (owner.hasCompleted(of.committedOffset())) {
            truth.report(
                    Invariant.I5,
                    owner + ": given up with " + of.committedOffset()
                            + " committed, although it was through with all below " + owner.frontier()
                            + " and no commit failed");
        }
    }

    void lost(String client, Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            truth.end(new Truth.Place(client, partition))
                    .ifPresent(owner -> truth.tally().add(Tally.Kind.LOST));
        }
    }
}
