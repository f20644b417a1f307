package io.bywash.core.worker;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A call of a handler for records, so that a {@link io.bywash.core.thread.CallRunner} can tell it from a notice. */
public interface HandlerCall extends Runnable {

    /**
     * Returns what the call is about. Called by the runner, before the call runs.
     *
     * @return at least one record, as it was read, in the order of the partition
     */
    List<ConsumerRecord<byte[], byte[]>> records();
}
