package io.bywash.handler;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Handles several records in one call, as for one statement to a database.
 *
 * <p>It is found and configured as any {@link TopicHandler}. All records of a call are of one partition, in its order; where the
 * consumer orders by key, they are of one key. How many there are at most, and how long the first may wait for others, is the
 * consumer's configuration.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public interface BatchTopicHandler<K, V> extends TopicHandler<K, V> {

    /**
     * Does the work for some records. Returns when it is done for all of them.
     *
     * @param records at least one record; keys and values may be null, as Kafka allows both
     * @param context where the first record stands; valid until this call returns
     * @throws FailedAtException if a record failed after the work for those before it was done: those are handled, the failed one is
     *     tried again by itself, and the ones after it follow
     * @throws Exception if the attempt failed and it is not known at which record; from then on these records are tried one at a time,
     *     so that attempts and dead letters go to the one that fails
     */
    void handleBatch(List<ConsumerRecord<K, V>> records, HandlerContext context) throws Exception;

    /** Handles one record as a batch of one. */
    @Override
    default void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        handleBatch(List.of(record), context);
    }
}
