package io.bywash.simulation.oracle;

import io.bywash.handler.NonRetriableException;
import io.bywash.simulation.schedule.VirtualClock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
    private final Members members;
    private final BoundsJudge bounds;
    private final VirtualClock clock;
    private final int maxAttempts;
    private final boolean timeouts;
    private final Map<Truth.Place, NavigableMap<Long, Call>> calls = new HashMap<>();
    private final NoticeJudge notices;
    private final Map<Truth.Place, Ownership> ready = new HashMap<>();
    private final Set<String> brokenDown = new HashSet<>();

    /** A record of a call in flight. */
    private static final class Call {
        private final Ownership owner;
        private final ConsumerRecord<byte[], byte[]> record;
        private final boolean first;
        private final boolean alone;
        private boolean held;
        private Interruption interruption = Interruption.NONE;
        private final long began;

        Call(
                Ownership owner,
                ConsumerRecord<byte[], byte[]> record,
                List<ConsumerRecord<byte[], byte[]>> together,
                long began) {
            this.began = began;
            this.owner = owner;
            this.record = record;
            this.first = record.equals(together.get(0));
            this.alone = together.size() == 1;
        }
    }

    /** What an interrupt means for what the handler makes of the call. */
    private enum Interruption {
        /** There was none. */
        NONE,
        /** The call was late, so it has failed. */
        FAILS,
        /** Its partition is being given up; it may have been late before. */
        MAY_FAIL
    }

    CallJudge(Truth truth, Members members, BoundsJudge bounds, VirtualClock clock) {
        this.bounds = bounds;
        this.notices = new NoticeJudge(truth);
        this.clock = clock;
        this.truth = truth;
        this.members = members;
        this.maxAttempts = members.usual().failures().maxAttempts();
        this.timeouts = members.usual().failures().attemptTimeout().isPresent();
    }

    private NavigableMap<Long, Call> calls(Truth.Place place) {
        return calls.computeIfAbsent(place, first -> new TreeMap<>());
    }

    /** A call for several records, or one, of a partition begins. */
    void begins(Truth.Place place, List<ConsumerRecord<byte[], byte[]>> records) {
        records.forEach(record -> requireAlone(place, record));
        if (notices.last(place) != Notice.ASSIGNED) {
            truth.report(Invariant.LIFE_CYCLE, place + ": a call begins after " + notices.last(place));
        }
        Optional<Ownership> owner = truth.owner(place);
        if (owner.isEmpty()) {
            truth.report(Invariant.I6, place + ": a call begins although the partition was given up");
            return;
        }
        ready.put(place, owner.get());
        Set<Long> together = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            order(owner.get(), record, together);
            owner.get().called(record.offset());
            calls(place).put(record.offset(), new Call(owner.get(), record, records, clock.now()));
            together.add(record.offset());
        }
        bounds.begins(owner.get(), records, working(place.client()));
    }

    /** Returns how many calls a process is in that it has not given up on. */
    private int working(String process) {
        return (int) calls.entrySet().stream()
                .filter(at -> at.getKey().client().equals(process))
                .flatMap(at -> at.getValue().values().stream())
                .filter(call -> call.first && !call.owner.isOver() && call.interruption == Interruption.NONE)
                .count();
    }

    private void requireAlone(Truth.Place place, ConsumerRecord<byte[], byte[]> record) {
        Precedence precedence = members.of(place.client()).precedence();
        for (Call other : calls(place).values()) {
            if (other.record.offset() == record.offset() || precedence.ties(other.record, record)) {
                truth.report(
                        Invariant.I4,
                        place + ": a call for " + record.offset() + " begins while one for " + other.record.offset()
                                + " runs");
            }
        }
    }

    private void order(Ownership owner, ConsumerRecord<byte[], byte[]> record, Set<Long> together) {
        long offset = record.offset();
        if (!owner.wasDelivered(offset)) {
            truth.report(Invariant.I6, owner + ": a call for " + offset + ", which a former owner was given");
        } else if (owner.isSurelyComplete(offset)) {
            truth.report(Invariant.I5, owner + ": a call for " + offset + ", which is complete");
        } else {
            owner.obstacle(record, together)
                    .ifPresent(before -> truth.report(
                            Invariant.I4, owner + ": a call for " + offset + " before " + before + " is complete"));
        }
    }

    /** A call returns; what the handler still works on goes on. */
    void ends(Truth.Place place, ConsumerRecord<byte[], byte[]> record) {
        calls(place).computeIfPresent(record.offset(), (offset, call) -> call.held ? call : null);
    }

    /** The work on a record is not over when its call returns. */
    void hold(Truth.Place place, long offset) {
        call(place, offset).ifPresent(call -> call.held = true);
    }

    /** All work of a process ends with it. */
    void crashed(String process) {
        calls.keySet().removeIf(place -> place.client().equals(process));
    }

    /** Tells whether the work on a record goes on after its call. */
    boolean isHeld(Truth.Place place, long offset) {
        return call(place, offset).filter(call -> call.held).isPresent();
    }

    /** The work on a record that was held is over. */
    void letGo(Truth.Place place, long offset) {
        calls(place).remove(offset);
    }

    /** The engine interrupts the work on a record: since it is late, or since its partition goes. */
    void interrupted(Truth.Place place, long offset, boolean partitionGoes) {
        boolean fails = timeouts && !partitionGoes;
        Optional<Call> underWay = call(place, offset);
        underWay.filter(call -> call.interruption == Interruption.NONE)
                .ifPresent(call -> call.interruption = fails ? Interruption.FAILS : Interruption.MAY_FAIL);
        if (underWay.isEmpty() && fails) {
            // The handler has just returned, and the engine has not seen that yet.
            truth.owner(place).ifPresent(owner -> {
                owner.doubt(offset);
                owner.attempts().mayBeLate(offset);
            });
        }
    }

    private Optional<Call> call(Truth.Place place, long offset) {
        return Optional.ofNullable(calls(place).get(offset));
    }

    /** Returns a record for which an owner is in the middle of a call. */
    Optional<Long> inFlight(Ownership owner) {
        return calls(owner.place()).values().stream()
                .filter(call -> call.owner.equals(owner))
                .map(call -> call.record.offset())
                .findFirst();
    }

    /** Returns how many calls a process is in, for all partitions. */
    int inFlight(String process) {
        int sum = 0;
        for (Map.Entry<Truth.Place, NavigableMap<Long, Call>> at : calls.entrySet()) {
            sum += at.getKey().client().equals(process) ? inFlight(at.getKey()) : 0;
        }
        return sum;
    }

    /** Returns how many calls a process is in, for one partition. */
    int inFlight(Truth.Place place) {
        return (int) calls(place).values().stream().filter(call -> call.first).count();
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
        call(place, record.offset()).ifPresent(call -> attempt(call, attempt, failure));
    }

    private void attempt(Call call, int attempt, Optional<Throwable> failure) {
        boolean succeeded = failure.isEmpty();
        Ownership owner = call.owner;
        long offset = call.record.offset();
        if (owner.isOver()) {
            truth.tally().add(Tally.Kind.LATE_CALLS);
            if (succeeded) {
                truth.of(owner.partition()).handledLate(offset);
            }
            return;
        }
        if (call.interruption == Interruption.NONE) {
            bounds.lasted(owner.place(), offset, clock.now() - call.began);
        }
        if (call.interruption == Interruption.FAILS && !call.alone) {
            // All of the call was late, so nobody knows which record made it so, whatever the handler says.
            truth.tally().add(Tally.Kind.FAILED_TOGETHER);
            owner.attempts().mayCount(offset, attempt);
            return;
        }
        if (attempt > maxAttempts) {
            truth.report(
                    Invariant.I7, owner + ": attempt " + attempt + " at " + offset + ", of at most " + maxAttempts);
        }
        owner.attempts()
                .call(offset, attempt, owner.toldAttempts(call.record))
                .ifPresent(wrong -> truth.report(Invariant.I7, owner + ": at " + offset + " " + wrong));
        if (call.interruption == Interruption.NONE
                && failure.filter(CallJudge::isHopeless).isPresent()) {
            owner.attempts().hopeless(offset);
        }
        if (succeeded && call.interruption != Interruption.FAILS) {
            handled(call);
        } else {
            truth.tally().add(succeeded ? Tally.Kind.TIMED_OUT_CALLS : Tally.Kind.FAILED_CALLS);
        }
    }

    private static boolean isHopeless(Throwable failure) {
        return failure instanceof NonRetriableException;
    }

    private void handled(Call call) {
        truth.tally().add(Tally.Kind.HANDLED);
        long offset = call.record.offset();
        if (offset > call.owner.frontier()) {
            truth.tally().add(Tally.Kind.OUT_OF_ORDER);
        }
        truth.done(call.owner, offset);
        if (call.interruption == Interruption.MAY_FAIL && timeouts) {
            call.owner.doubt(offset);
        }
    }

    NoticeJudge notices() {
        return notices;
    }

    void told(Truth.Place place, Notice notice) {
        notices.told(place, notice, !calls(place).isEmpty());
        // Where there was an ownership before, it may be that one which is told so late.
        truth.owner(place)
                .filter(owner -> notice == Notice.ASSIGNED && truth.isFirstAt(place))
                .ifPresent(owner -> ready.put(place, owner));
    }
}
