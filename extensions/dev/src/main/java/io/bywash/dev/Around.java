package io.bywash.dev;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the command does round every call for a record. Called on the threads of handlers, many at once. */
@FunctionalInterface
interface Around {

    /** The call itself. */
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    /** Makes the call, and whatever belongs before and after it. What the call throws must come out. */
    void handle(String consumer, ConsumerRecord<?, ?> record, Call call) throws Exception;

    /** Puts this round another one. */
    default Around around(Around inner) {
        return (consumer, record, call) -> handle(consumer, record, () -> inner.handle(consumer, record, call));
    }
}
