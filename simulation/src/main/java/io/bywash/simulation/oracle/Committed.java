package io.bywash.simulation.oracle;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What is committed for a partition.
 *
 * @param offset where the next owner begins
 * @param leaderEpoch the epoch committed with it
 * @param told the records beyond it that the commit says are complete: these records, not those that may come to have their offsets
 * @param failed the offsets of the records that the commit says have failed
 */
record Committed(
        long offset, Optional<Integer> leaderEpoch, Set<ConsumerRecord<byte[], byte[]>> told, Set<Long> failed) {
    /** No commit. */
    static final Committed NOTHING = new Committed(0, Optional.empty(), Set.of(), Set.of());
}
