package io.bywash.simulation.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Judges calls of the handler: which, when, in what order, how often. */
final class CallJudge {
    private final Truth truth;
    private final Precedence precedence;
    private final int maxAttempts;
    private final Map<Truth.Place, NavigableMap<Long, Call>> calls = new HashMap<>();
    private final Map<Truth.Place, Notice> told = new HashMap<>();
    private final Map<Truth.Place, Ownership> ready = new HashMap<>();
    private final Set<String> brokenDown = new HashSet<>();

    /** A call in flight. */
    private record Call(Ownership owner, ConsumerRecord<byte[], byte[]> record) {}

    CallJudge(Truth truth, Precedence precedence, int maxAttempts) {
        this.truth = truth;
        this.precedence = precedence;
        this.maxAttempts = maxAttempts;
    }

    private NavigableMap<Long, Call> calls(Truth.Place place) {
        return calls.computeIfAbsent(place, first -> new TreeMap<>());
    }

    void begins(Truth.Place place, ConsumerRecord<byte[], byte[]> record) {
        for (Call other : calls(place).values()) {
            if (other.record().offset() == record.offset() || precedence.ties(other.record(), record)) {
                truth.report(
                        Invariant.I4,
                        place + ": a call for " + record.offset() + " begins while one for "
                                + other.record().offset() + " runs");
            }
        }
        if (told.get(place) != Notice.ASSIGNED) {
            truth.report(Invariant.LIFE_CYCLE, place + ": a call begins after " + told.get(place));
        }
        Optional<Ownership> owner = truth.owner(place);
        if (owner.isEmpty()) {
            truth.report(Invariant.I6, place + ": a call begins although the partition was given up");
            return;
        }
        order(owner.get(), record);
        owner.get().called(record.offset());
        ready.put(place, owner.get());
        calls(place).put(record.offset(), new Call(owner.get(), record));
    }

    private void order(Ownership owner, ConsumerRecord<byte[], byte[]> record) {
        long offset = record.offset();
        if (!owner.wasDelivered(offset)) {
            truth.report(Invariant.I6, owner + ": a call for " + offset + ", which a former owner was given");
        } else if (owner.isComplete(offset)) {
            truth.report(Invariant.I5, owner + ": a call for " + offset + ", which is complete");
        } else {
            owner.obstacle(record)
                    .ifPresent(before -> truth.report(
                            Invariant.I4, owner + ": a call for " + offset + " before " + before + " is complete"));
        }
    }

    void ends(Truth.Place place, ConsumerRecord<byte[], byte[]> record) {
        calls(place).remove(record.offset());
    }

    /** Returns a record for which an owner is in the middle of a call. */
    Optional<Long> inFlight(Ownership owner) {
        return calls(owner.place()).values().stream()
                .filter(call -> call.owner().equals(owner))
                .map(call -> call.record().offset())
                .findFirst();
    }

    /** Returns how many calls a process is in, for all partitions. */
    int inFlight(String process) {
        int sum = 0;
        for (Map.Entry<Truth.Place, NavigableMap<Long, Call>> at : calls.entrySet()) {
            sum += at.getKey().client().equals(process) ? at.getValue().size() : 0;
        }
        return sum;
    }

    /** Returns how many calls a process is in, for one partition. */
    int inFlight(Truth.Place place) {
        return calls(place).size();
    }

    /** Tells whether an owner may make calls for sure: a former one of the same process may have to come to its end first. */
    boolean isAtWork(Ownership owner) {
        return owner.equals(ready.get(owner.place())) && !brokenDown.contains(owner.client());
    }

    /** Judges an attempt at the moment it comes to its end. */
    void attempt(String client, ConsumerRecord<?, ?> record, int attempt, Optional<Throwable> failure) {
        if (failure.filter(Error.class::isInstance).isPresent()) {
            brokenDown.add(client);
        }
        Truth.Place place = new Truth.Place(client, new TopicPartition(record.topic(), record.partition()));
        Optional.ofNullable(calls(place).get(record.offset())).ifPresent(call -> attempt(call, attempt, failure));
    }

    private void attempt(Call call, int attempt, Optional<Throwable> failure) {
        Ownership owner = call.owner();
        long offset = call.record().offset();
        if (owner.isOver()) {
            truth.tally().add(Tally.Kind.LATE_CALLS);
            if (failure.isEmpty()) {
                truth.of(owner.partition()).handledLate(offset);
            }
            return;
        }
        if (attempt > maxAttempts) {
            truth.report(
                    Invariant.I7, owner + ": attempt " + attempt + " at " + offset + ", of at most " + maxAttempts);
        }
        owner.attempts()
                .call(offset, attempt)
                .ifPresent(wrong -> truth.report(Invariant.I7, owner + ": at " + offset + " " + wrong));
        if (failure.isEmpty()) {
            truth.tally().add(Tally.Kind.HANDLED);
            if (offset > owner.frontier()) {
                truth.tally().add(Tally.Kind.OUT_OF_ORDER);
            }
            truth.done(owner, offset);
        } else {
            truth.tally().add(Tally.Kind.FAILED_CALLS);
        }
    }

    void told(Truth.Place place, Notice notice) {
        Notice before = told.getOrDefault(place, Notice.REVOKED);
        boolean inOrder = notice == Notice.ASSIGNED ? before != Notice.ASSIGNED : before == Notice.ASSIGNED;
        boolean calling = !calls(place).isEmpty();
        if (!inOrder || calling) {
            truth.report(
                    Invariant.LIFE_CYCLE,
                    place + ": " + notice + " after " + before + (calling ? " in the middle of a call" : ""));
        }
        told.put(place, notice);
        // Where there was an ownership before, it may be that one which is told so late.
        truth.owner(place)
                .filter(owner -> notice == Notice.ASSIGNED && truth.isFirstAt(place))
                .ifPresent(owner -> ready.put(place, owner));
    }
}
