package io.bywash.simulation.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Judges calls of the handler: which, when, in what order, how often. */
final class CallJudge {
    private final Truth truth;
    private final int maxAttempts;
    private final Map<Truth.Place, Ownership> calls = new HashMap<>();
    private final Map<Truth.Place, Notice> told = new HashMap<>();

    CallJudge(Truth truth, int maxAttempts) {
        this.truth = truth;
        this.maxAttempts = maxAttempts;
    }

    void begins(Truth.Place place) {
        Optional<Ownership> owner = truth.owner(place);
        if (owner.isEmpty()) {
            truth.report(Invariant.I6, place + ": a call begins although the partition was given up");
        } else if (calls.put(place, owner.get()) != null) {
            truth.report(Invariant.I4, place + ": a call begins while another runs");
        }
        if (told.get(place) != Notice.ASSIGNED) {
            truth.report(Invariant.LIFE_CYCLE, place + ": a call begins after " + told.get(place));
        }
    }

    void ends(Truth.Place place) {
        calls.remove(place);
    }

    boolean isInFlight(Ownership owner) {
        return owner.equals(calls.get(new Truth.Place(owner.client(), owner.partition())));
    }

    /** Judges an attempt at the moment it comes to its end. */
    void attempt(String client, ConsumerRecord<?, ?> record, int attempt, Optional<Throwable> failure) {
        Truth.Place place = new Truth.Place(client, new TopicPartition(record.topic(), record.partition()));
        Ownership owner = calls.get(place);
        if (owner == null) {
            return;
        }
        long offset = record.offset();
        if (owner.isOver()) {
            truth.tally().add(Tally.Kind.LATE_CALLS);
            if (failure.isEmpty()) {
                truth.of(place.partition()).handledLate(offset);
            }
            return;
        }
        order(owner, offset);
        if (attempt > maxAttempts) {
            truth.report(
                    Invariant.I7, owner + ": attempt " + attempt + " at " + offset + ", of at most " + maxAttempts);
        }
        owner.attempts()
                .call(offset, attempt)
                .ifPresent(wrong -> truth.report(Invariant.I7, owner + ": at " + offset + " " + wrong));
        if (failure.isEmpty()) {
            truth.tally().add(Tally.Kind.HANDLED);
            truth.done(owner, offset);
        } else {
            truth.tally().add(Tally.Kind.FAILED_CALLS);
        }
    }

    private void order(Ownership owner, long offset) {
        if (!owner.wasDelivered(offset)) {
            truth.report(Invariant.I6, owner + ": a call for " + offset + ", which a former owner was given");
        } else if (owner.isComplete(offset)) {
            truth.report(Invariant.I5, owner + ": a call for " + offset + ", which is complete");
        } else if (owner.frontier() != offset) {
            truth.report(
                    Invariant.I4, owner + ": a call for " + offset + " before " + owner.frontier() + " is complete");
        }
    }

    void told(Truth.Place place, Notice notice) {
        Notice before = told.getOrDefault(place, Notice.REVOKED);
        boolean inOrder = notice == Notice.ASSIGNED ? before != Notice.ASSIGNED : before == Notice.ASSIGNED;
        if (!inOrder || calls.containsKey(place)) {
            truth.report(
                    Invariant.LIFE_CYCLE,
                    place + ": " + notice + " after " + before
                            + (calls.containsKey(place) ? " in the middle of a call" : ""));
        }
        told.put(place, notice);
    }
}
