package io.bywash.simulation.oracle;

import io.bywash.simulation.schedule.VirtualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Judges how partitions change hands: where the next owner begins, and what the last one leaves undone. */
final class HandoverJudge {
    private static final Duration IDLE = Duration.ofMillis(300);

    private final Truth truth;
    private final CallJudge calls;
    private final Activity activity;
    private final VirtualClock clock;
    private final Members members;
    private final Duration drainTimeout;
    private final Map<String, Farewell> farewells = new HashMap<>();
    private final Set<String> stopping = new HashSet<>();
    private final Set<String> failed = new HashSet<>();
    /** Those that were refused a commit without a reason, and so may leave out all but the offset from then on. */
    private final Set<String> curtailed = new HashSet<>();

    HandoverJudge(Truth truth, CallJudge calls, Activity activity, VirtualClock clock, Members members) {
        this.truth = truth;
        this.calls = calls;
        this.activity = activity;
        this.clock = clock;
        this.members = members;
        this.drainTimeout = members.usual().timing().drainTimeout();
    }

    void assigned(String client, Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionTruth of = truth.of(partition);
            of.mayNotGoBack();
            Ownership owner = new Ownership(
                    new Truth.Place(client, partition),
                    members.of(client).precedence(),
                    of.committed(),
                    of.handover().handedOver());
            truth.begin(owner);
            of.begin(owner);
        }
    }

    void toldCommitted(Truth.Place place, Optional<OffsetAndMetadata> committed) {
        truth.owner(place)
                .ifPresent(owner -> owner.mayStartAt(truth.of(place.partition()).asApplied(committed)));
    }

    private Optional<Farewell> farewell(String client) {
        return Optional.ofNullable(farewells.get(client));
    }

    void stopping(String client, Duration time) {
        stopping.add(client);
        // It drains before it leaves its group.
        truth.placesOf(client).forEach(calls.notices()::handsOver);
        Optional<Farewell> underWay = farewell(client).filter(farewell -> !farewell.isOver());
        if (underWay.isPresent()) {
            underWay.get().cutShort();
        } else {
            // A rebalance on the way out has no more time than any other.
            Duration least = time.compareTo(drainTimeout) < 0 ? time : drainTimeout;
            farewells.put(client, new Farewell(Set.of(), clock.now(), least));
        }
    }

    /** A client that stops on an error leaves in its own time. */
    void failed(String client) {
        truth.placesOf(client).forEach(calls.notices()::handsOver);
        failed.add(client);
    }

    /** A client stops since another has taken its place, and with it what it held. */
    void fenced(String client) {
        truth.placesOf(client).stream()
                .flatMap(place -> truth.owner(place).stream())
                .forEach(calls.notices()::gone);
        failed.add(client);
    }

    void releasing(String client, Set<TopicPartition> partitions) {
        partitions.forEach(partition -> calls.notices().handsOver(new Truth.Place(client, partition)));
        if (!stopping.contains(client)) {
            farewells.put(client, new Farewell(partitions, clock.now(), drainTimeout));
        }
    }

    /** A client comes to its last commit of what it gives up, or to the end; one that stops has drained before. */
    void drained(String client) {
        farewell(client).filter(Farewell::isDraining).ifPresent(farewell -> {
            farewell.drained();
            requireTold(client, farewell);
            long idle = Math.min(activity.idle(client, farewell.going()), clock.now() - farewell.began());
            if (idle > IDLE.toNanos() && !stopping.contains(client)) {
                truth.report(
                        Invariant.I13,
                        client + " has kept the group waiting, with nothing in flight for " + Duration.ofNanos(idle));
            }
        });
    }

    private void requireTold(String client, Farewell farewell) {
        if (!farewell.hadTimeAt(clock.now()) || failed.contains(client)) {
            return;
        }
        for (TopicPartition partition : farewell.going()) {
            truth.owner(new Truth.Place(client, partition))
                    .filter(calls::isAtWork)
                    .ifPresent(owner -> calls.notices().requireTold(owner, "before the last commit"));
        }
    }

    /** Tells whether a client goes on with all that it has. */
    boolean isStaying(String client) {
        boolean leaving = stopping.contains(client) || failed.contains(client);
        return !leaving && farewell(client).map(Farewell::isOver).orElse(true);
    }

    /** An application goes on marking, maybe after the last commit was sent, which then does not hold it. */
    void goesOn(String client) {
        farewell(client).filter(Farewell::isCommitting).ifPresent(Farewell::cutShort);
    }

    /** Tells whether a client keeps a partition, whatever else it may be giving up. */
    boolean isStaying(Truth.Place place) {
        boolean goes = farewell(place.client())
                .filter(farewell -> !farewell.isOver() && farewell.going().contains(place.partition()))
                .isPresent();
        return !goes && !stopping.contains(place.client()) && !failed.contains(place.client());
    }

    /** Tells whether a client is at its last commit of what it gives up. */
    boolean isCommitting(String client) {
        return farewell(client).filter(Farewell::isCommitting).isPresent();
    }

    void commitFailed(String client, Exception failure) {
        if (failure.getClass() == KafkaException.class) {
            curtailed.add(client);
        }
        farewell(client).ifPresent(Farewell::commitFailed);
    }

    void released(String client, Set<TopicPartition> partitions) {
        drained(client);
        for (TopicPartition partition : partitions) {
            truth.end(new Truth.Place(client, partition)).ifPresent(owner -> {
                truth.tally().add(Tally.Kind.RELEASED);
                calls.notices().gone(owner);
                farewell(client).ifPresent(farewell -> judge(owner, farewell));
            });
        }
        if (!stopping.contains(client)) {
            farewell(client).ifPresent(Farewell::end);
        }
    }

    private void judge(Ownership owner, Farewell farewell) {
        if (farewell.hasFailedToCommit() || failed.contains(owner.client())) {
            return;
        }
        PartitionTruth of = truth.of(owner.partition());
        if (!curtailed.contains(owner.client())) {
            of.handOver(owner);
        }
        if (!farewell.hadTimeAt(clock.now())) {
            return;
        }
        Optional<Long> inFlight = calls.inFlight(owner);
        Optional<Long> untold = owner.untold(of.committed());
        if (calls.isAtWork(owner)) {
            calls.notices().requireTold(owner, "by the time it went");
        }
        if (inFlight.isPresent()) {
            truth.report(
                    Invariant.I5,
                    owner + ": given up in the middle of a call for " + inFlight.get() + ", although there was time");
        } else if (untold.isPresent() && (untold.get() < owner.frontier() || !curtailed.contains(owner.client()))) {
            truth.report(
                    Invariant.I5,
                    owner + ": given up with " + of.committedOffset()
                            + " committed and nothing said about " + untold.get()
                            + ", although that is complete and no commit failed");
        }
    }

    /** A client is no more. */
    void crashed(String client) {
        truth.placesOf(client).forEach(truth::end);
        failed.add(client);
    }

    void lost(String client, Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            truth.end(new Truth.Place(client, partition)).ifPresent(owner -> {
                truth.tally().add(Tally.Kind.LOST);
                calls.notices().gone(owner);
            });
        }
    }
}
