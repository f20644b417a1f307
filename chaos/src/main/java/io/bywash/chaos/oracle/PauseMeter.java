package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Mark;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Measures how long partitions stood still. */
final class PauseMeter {
    private static final long AFTER_MICROS = 10_000_000;

    private final History history;
    private final List<Fault> faults;

    PauseMeter(History history, List<Fault> faults) {
        this.history = history;
        this.faults = faults;
    }

    private record Place(String worker, int partition) {}

    /** The longest gap between two calls for a partition in one process that no fault hit, near a fault. */
    Duration longestOfUnaffected() {
        Set<String> struck = faults.stream().map(Fault::struck).collect(Collectors.toSet());
        Map<Place, Long> last = new HashMap<>();
        Map<Integer, String> owner = new HashMap<>();
        long longest = 0;
        for (Call call : history.calls()) {
            String worker = call.owner().worker();
            int partition = call.at().partition();
            Long before = last.put(new Place(worker, partition), call.start());
            // Somebody else had it in between: then it did not stand still, it was away.
            boolean stayed = worker.equals(owner.put(partition, worker));
            if (before != null && stayed && !struck.contains(worker) && nearFault(before, call.start())) {
                longest = Math.max(longest, call.start() - before);
            }
        }
        return Duration.of(longest, ChronoUnit.MICROS);
    }

    private boolean nearFault(long from, long to) {
        return faults.stream().anyMatch(fault -> from < fault.micros() + AFTER_MICROS && to > fault.micros());
    }

    /** The longest time between two records of a partition, whoever had it, of which some lies in the 10 s after a fault. */
    Duration standstill() {
        Map<Integer, Long> last = new HashMap<>();
        long longest = 0;
        for (Call call : history.calls()) {
            Long before = last.put(call.at().partition(), call.start());
            if (before != null && nearFault(before, call.start())) {
                longest = Math.max(longest, call.start() - before);
            }
        }
        return Duration.of(longest, ChronoUnit.MICROS);
    }

    /**
     * The longest time from the last call that began in an ownership until the partition had its next owner, where it was handed over. The
     * last commit of the former one lies in between.
     */
    Duration longestHandOver() {
        Map<Ownership, Long> last = new HashMap<>();
        history.calls().forEach(call -> last.put(call.owner(), call.start()));
        long longest = 0;
        for (Ownership owner : history.ownerships()) {
            if (owner.end() == Ownership.End.HANDED_OVER && owner.next() < Long.MAX_VALUE && last.containsKey(owner)) {
                longest = Math.max(longest, owner.next() - last.get(owner));
            }
        }
        return Duration.of(longest, ChronoUnit.MICROS);
    }

    /** The longest time from the beginning of a rebalance until a handler was told that its partition was given up in it, calls and all. */
    Duration longestRevocation() {
        long longest = history.ownerships().stream()
                .filter(owner -> owner.end() == Ownership.End.HANDED_OVER)
                .mapToLong(owner -> owner.over() - beginOfRebalance(owner))
                .max()
                .orElse(0);
        return Duration.of(Math.max(0, longest), ChronoUnit.MICROS);
    }

    /** A process that ends gives its partitions up without a rebalance, and has a demand of its own: then it is the end of the ownership. */
    private long beginOfRebalance(Ownership owner) {
        OptionalLong released = history.notes(Mark.RELEASED).stream()
                .filter(note -> note.line().partition() == owner.partition())
                .filter(note -> note.worker().equals(owner.worker()))
                .mapToLong(note -> note.line().micros())
                .filter(micros -> micros >= owner.over())
                .min();
        // Written by the same thread as the end of the rebalance, and maybe later than what the handler was told.
        return history.notes(Mark.REBALANCING).stream()
                .filter(note -> note.worker().equals(owner.worker()))
                .mapToLong(note -> note.line().micros())
                .filter(micros -> released.isPresent() && micros <= released.getAsLong())
                .max()
                .orElse(owner.over());
    }
}
