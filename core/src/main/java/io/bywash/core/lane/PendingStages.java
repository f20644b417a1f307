package io.bywash.core.lane;

import io.bywash.core.session.CallInFlight;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The stages of one partition that are not complete. All methods may be called from any thread. */
final class PendingStages {
    private final Set<StageCall<?, ?>> pending = ConcurrentHashMap.newKeySet();

    void add(StageCall<?, ?> call) {
        pending.add(call);
    }

    void remove(StageCall<?, ?> call) {
        pending.remove(call);
    }

    void addTo(List<CallInFlight> calls) {
        pending.forEach(call -> calls.add(new CallInFlight(call.id(), List::of)));
    }

    void interrupt() {
        pending.forEach(StageCall::cancel);
    }

    void timeOut(CallInFlight.Id late) {
        pending.forEach(call -> {
            if (call.id().equals(late)) {
                call.timeOut();
            }
        });
    }
}
