package io.bywash.simulation.workload;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.oracle.Notice;
import io.bywash.simulation.oracle.Oracle;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A handler that the simulation knows nothing of, and the oracle is told of.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public interface Told<K, V> extends TopicHandler<K, V> {

    /**
     * Wraps the handler of a process, in its own shape.
     *
     * @param process the name of the process
     * @param oracle is told
     * @param handler does the work; stages that it returns have to be complete by then
     * @return a handler of the same shape
     * @param <K> the type of the key
     * @param <V> the type of the value
     */
    static <K, V> TopicHandler<K, V> of(String process, Oracle oracle, TopicHandler<K, V> handler) {
        if (handler instanceof AsyncTopicHandler<K, V> stages) {
            return new ToldStages<>(process, oracle, stages);
        }
        return handler instanceof BatchTopicHandler<K, V> batches
                ? new ToldBatches<>(process, oracle, batches)
                : new ToldRecords<>(process, oracle, handler);
    }

    /** Returns the name of the process. */
    String process();

    /** Returns who is told. */
    Oracle oracle();

    /** Returns who does the work. */
    TopicHandler<K, V> handler();

    /** Tells how an attempt at a record ended. */
    default void tell(ConsumerRecord<K, V> record, int attempt, Optional<Throwable> failure) {
        oracle().attempted(process(), record, attempt, failure);
    }

    @Override
    default void open() throws Exception {
        handler().open();
    }

    @Override
    default void assigned(TopicPartition partition) throws Exception {
        oracle().told(process(), partition, Notice.ASSIGNED);
        handler().assigned(partition);
    }

    @Override
    default void revoked(TopicPartition partition) throws Exception {
        oracle().told(process(), partition, Notice.REVOKED);
        handler().revoked(partition);
    }

    @Override
    default void lost(TopicPartition partition) throws Exception {
        oracle().told(process(), partition, Notice.LOST);
        handler().lost(partition);
    }

    @Override
    default void close() throws Exception {
        handler().close();
    }
}
