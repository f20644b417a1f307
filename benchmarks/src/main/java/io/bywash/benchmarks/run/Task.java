package io.bywash.benchmarks.run;

import io.bywash.benchmarks.subject.Work;
import java.io.Serializable;

/** What is done with each record, as it is told to the process of a subject. */
public sealed interface Task extends Serializable {

    /** Returns the work, which notes in the meters what it sees. */
    Work work(Meters meters);

    /** Returns how many keys it has to watch. */
    default int keys() {
        return 0;
    }

    /** The record is counted. */
    record Count() implements Task {
        @Override
        public Work work(Meters meters) {
            Counts counts = meters.counts();
            return counts::add;
        }
    }

    /**
     * A processor is kept busy.
     *
     * @param iterations how long, see {@link Burning}
     */
    record Burn(int iterations) implements Task {
        @Override
        public Work work(Meters meters) {
            return new Burning(iterations, meters);
        }
    }

    /**
     * Nothing happens for as long as the record says, while the order of the keys is watched and the delay of those that take no time
     * is measured.
     *
     * @param keys how many keys there are
     * @param firstMeasured how many records come before those whose delay is measured
     */
    record Wait(int keys, int firstMeasured) implements Task {
        @Override
        public Work work(Meters meters) {
            return new Waiting(firstMeasured, meters);
        }
    }
}
