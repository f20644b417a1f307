package io.bywash.chaos.trial;

import io.bywash.chaos.oracle.Fault;
import io.bywash.chaos.worker.Line;
import java.util.ArrayList;
import java.util.List;

/** What was done to a run. One thread at a time. */
final class FaultLog {
    private final List<Fault> faults = new ArrayList<>();

    /** Notes a fault that hits a process of a worker, or none if its name is empty. */
    void begin(String kind, String process) {
        faults.add(new Fault(kind, Line.now(), process));
    }

    /** Notes that the last fault is over: all it had taken away was given back just now. */
    void over() {
        int last = faults.size() - 1;
        faults.set(last, faults.get(last).until(Line.now()));
    }

    List<Fault> all() {
        return List.copyOf(faults);
    }

    /** When the last fault was over, in microseconds since 1970; now if there was none. */
    long lastOver() {
        return faults.isEmpty() ? Line.now() : faults.get(faults.size() - 1).over();
    }
}
