package io.bywash.chaos.oracle;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures how long it takes from a fault until the partitions that it touched go on: until a record is begun which the brokers acknowledged
 * after the fault. Earlier ones say nothing, since whoever has them at hand goes on with them whatever becomes of the brokers.
 */
final class RecoveryMeter {
    private final Evidence evidence;
    private final Map<Position, Long> acknowledged = new HashMap<>();

    RecoveryMeter(Evidence evidence) {
        this.evidence = evidence;
        Stream.concat(
                        evidence.acknowledged().stream(),
                        evidence.erased().stream().map(Gone::record))
                .forEach(
                        record -> acknowledged.put(new Position(record.partition(), record.offset()), record.micros()));
    }

    /** The longest of all partitions and faults. */
    Duration longest() {
        long micros =
                evidence.faults().stream().mapToLong(this::longestAfter).max().orElse(0);
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private long longestAfter(Fault fault) {
        Set<Integer> waiting = touched(fault);
        long longest = 0;
        for (Call call : evidence.history().calls()) {
            // What a worker begins that is told to end may be its last.
            boolean goesOn = call.start() > fault.micros()
                    && acknowledged.getOrDefault(call.at(), 0L) > fault.micros()
                    && !call.owner().worker().equals(fault.struck());
            if (goesOn && waiting.remove(call.at().partition())) {
                longest = call.start() - fault.micros();
            }
        }
        return longest;
    }

    /** The partitions that a process had which a fault struck; all, if it struck none. */
    private Set<Integer> touched(Fault fault) {
        Set<Integer> touched = new HashSet<>();
        for (Ownership one : evidence.history().ownerships()) {
            boolean itsOwn = one.worker().equals(fault.struck())
                    && one.begin() <= fault.micros()
                    && one.isCurrent(fault.micros());
            if (fault.struck().isEmpty() || itsOwn) {
                touched.add(one.partition());
            }
        }
        return touched;
    }
}
