package io.bywash.core.lane;

import io.bywash.core.session.CallInFlight;
import io.bywash.core.snapshot.RecordKey;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** The stages of one partition that are not complete. May be used from any thread, unless it is said otherwise. */
final class PendingStages {
    /** By the offset, so that they are always gone through in the same order. */
    private final Map<Long, StageCall<?, ?>> pending = new ConcurrentSkipListMap<>();

    private final Queue<StageCall<?, ?>> late = new ConcurrentLinkedQueue<>();

    void add(StageCall<?, ?> call) {
        pending.put(call.offset(), call);
    }

    void remove(StageCall<?, ?> call) {
        pending.remove(call.offset(), call);
    }

    boolean contains(long offset) {
        return pending.containsKey(offset);
    }

    void addTo(List<CallInFlight> calls) {
        pending.values()
                .forEach(call -> calls.add(new CallInFlight(call.id(), () -> RecordKey.of(call.key()), List::of)));
    }

    /** Asks all of them to give up; returns how many there are. Called by the partition's worker. */
    int cancelAll() {
        int count = 0;
        for (StageCall<?, ?> call : pending.values()) {
            call.cancel();
            count++;
        }
        return count;
    }

    /** Notes that a call has taken too long, if it is one of these; returns whether it is. */
    boolean timeOut(CallInFlight.Id call) {
        boolean found = false;
        for (StageCall<?, ?> candidate : pending.values()) {
            if (candidate.id().equals(call)) {
                candidate.expire();
                late.add(candidate);
                found = true;
            }
        }
        return found;
    }

    /** Asks those that have taken too long to give up. Called by the partition's worker. */
    void cancelLate() {
        for (StageCall<?, ?> call = late.poll(); call != null; call = late.poll()) {
            call.cancel();
        }
    }
}
