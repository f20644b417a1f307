package io.bywash.handler;

import org.apache.kafka.common.TopicPartition;

/**
 * Where the record of the current call stands. Belongs to the call and is valid only until that returns, or until the
 * stage it returned completes; the engine may reuse it for the next record.
 */
public interface HandlerContext {

    /**
     * Returns the partition the record was read from.
     *
     * @return the partition of the record, never null
     */
    TopicPartition partition();

    /**
     * Returns the number of this attempt at the record. Attempts made by the previous owner of the partition count, if it handed
     * the partition over in an orderly way.
     *
     * @return 1 for the first attempt, at most the configured maximum
     */
    int attempt();

    /**
     * Tells whether the partition is being taken away or the consumer is closing. Work that takes long can look here from time to
     * time and give up by throwing: the next owner of the partition receives the record again. The answer may change during a
     * call.
     *
     * @return true once the partition is going away
     */
    boolean isRevoking();
}
