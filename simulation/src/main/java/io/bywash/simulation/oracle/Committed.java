package io.bywash.simulation.oracle;

import io.bywash.core.session.FailedRecord;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is committed for a partition.
 *
 * @param offset where the next owner begins
 * @param leaderEpoch the epoch committed with it
 * @param told the records beyond it that the commit says are complete: these records, not those that may come to have their offsets
 * @param text what an application wanted to be kept with the offset
 * @param failed what the commit says of records that have failed, by their offsets
 */
record Committed(
        long offset,
        Optional<Integer> leaderEpoch,
        Set<ConsumerRecord<byte[], byte[]>> told,
        Optional<String> text,
        Map<Long, FailedRecord> failed) {
    /** No commit. */
    static final Committed NOTHING = new Committed(0, Optional.empty(), Set.of(), Optional.empty(), Map.of());
}
