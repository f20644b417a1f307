package io.bywash.benchmarks.run;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the work of one run is seen by.
 *
 * @param counts how many records are handled
 * @param order whether the order of the keys is kept
 * @param delays how long after their time records were handled
 * @param busyNanos how long the handler took in all
 */
record Meters(Counts counts, KeyWatch order, Delays delays, LongAdder busyNanos) {

    static Meters of(RunOrder run) {
        int keys = run.task().keys();
        return new Meters(
                new Counts(run.partitions()),
                new KeyWatch(keys),
                new Delays(keys == 0 ? 0 : run.records()),
                new LongAdder());
    }
}
