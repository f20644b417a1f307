package io.bywash.simulation.workload;

import io.bywash.simulation.cluster.PartitionLog;
import io.bywash.simulation.schedule.Chance;
import java.time.Instant;

/** Where the records come from that are written. */
@FunctionalInterface
public interface RecordSource {

    /**
     * Writes one record.
     *
     * @param log where to
     * @param chance decides what
     * @param now its time
     * @return what to say about it in the trace
     */
    String write(PartitionLog log, Chance chance, Instant now);
}
