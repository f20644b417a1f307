package io.bywash.chaos.oracle;

import io.bywash.chaos.worker.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The order of each key, or of each partition as if it had one key, is kept: in a process one call at a time, whichever ownership it is of;
 * during an ownership rising offsets; and no record begins for the first time before all earlier ones of its key were complete somewhere.
 */
final class OrderJudge {
    private final Evidence evidence;
    private final Findings findings;
    private final SortedMap<Position, String> keys;

    private OrderJudge(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        this.keys = evidence.keys();
    }

    static void judge(Evidence evidence, Findings findings) {
        OrderJudge judge = new OrderJudge(evidence, findings);
        judge.acrossOwnerships();
        judge.withinProcesses();
    }

    private record KeyOf(int partition, String key) {}

    private Optional<KeyOf> key(Position at) {
        if (evidence.order() == Order.PARTITION) {
            return Optional.of(new KeyOf(at.partition(), "any"));
        }
        return Optional.ofNullable(keys.get(at))
                .filter(key -> !key.isEmpty())
                .map(key -> new KeyOf(at.partition(), key));
    }

    private void acrossOwnerships() {
        Map<KeyOf, Long> complete = new HashMap<>();
        for (Position at : keys.keySet()) {
            Optional<KeyOf> key = key(at);
            List<Call> calls = evidence.history().calls(at);
            if (key.isEmpty() || calls.isEmpty()) {
                continue;
            }
            if (calls.get(0).start() < complete.getOrDefault(key.get(), 0L)) {
                findings.add("begun before an earlier record of its key was complete", calls.get(0) + " " + key.get());
            }
            evidence.completed(at).ifPresent(end -> complete.merge(key.get(), end, Math::max));
        }
    }

    private record Place(String process, KeyOf key) {}

    private void withinProcesses() {
        Map<Place, Call> last = new HashMap<>();
        for (Call call : evidence.history().calls()) {
            Optional<Place> place =
                    key(call.at()).map(key -> new Place(call.owner().worker(), key));
            if (place.isPresent()) {
                Call before = last.put(place.get(), call);
                if (before != null) {
                    compare(before, call);
                }
            }
        }
    }

    private void compare(Call before, Call call) {
        if (call.start() < before.endMicros()) {
            findings.add("two calls of one key at once", new ArrayList<>(List.of(before, call)).toString());
        }
        if (call.owner() == before.owner() && call.at().offset() < before.at().offset()) {
            findings.add("offsets of a key fall during an ownership", before + " then " + call);
        }
    }
}
