package io.bywash.handler;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Handles records without keeping a thread: the work goes on after the call has returned, and a stage tells when it is done.
 *
 * <p>It is found and configured as any {@link TopicHandler}. A record counts as being worked on until its stage completes: the next one
 * of its partition or key does not begin before, and the consumer's concurrency bounds the stages that are pending.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public interface AsyncTopicHandler<K, V> extends TopicHandler<K, V> {

    /**
     * Begins the work for one record. Called on a thread of the consumer, which goes on with other records as soon as this returns;
     * so it should not block.
     *
     * @param record the record; key and value may be null, as Kafka allows both
     * @param context where the record stands; valid until the stage completes
     * @return completes, on any thread, when the work is done; exceptionally if the attempt failed. A stage that never completes holds
     *     up the records that wait for this one and is reported as stuck. Where attempts have a time-out, the stage is cancelled as a
     *     {@link java.util.concurrent.CompletableFuture} and the attempt has failed
     * @throws Exception if the attempt failed before it could go on by itself
     */
    CompletionStage<?> handleAsync(ConsumerRecord<K, V> record, HandlerContext context) throws Exception;

    /** Begins the work and waits for it, for those who call the handler as any other. */
    @Override
    default void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        try {
            handleAsync(record, context).toCompletableFuture().get();
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
