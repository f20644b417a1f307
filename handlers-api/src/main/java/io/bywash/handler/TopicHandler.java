package io.bywash.handler;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Handles the records of one or more topics, one record per call. {@link AsyncTopicHandler} and {@link BatchTopicHandler} are two other
 * shapes of the same.
 *
 * <p>A handler is found through {@link java.util.ServiceLoader}: implement this interface in a public class with a public
 * constructor without parameters and name that class in {@code META-INF/services/io.bywash.handler.TopicHandler}.
 *
 * <h2>Life cycle, in order</h2>
 *
 * <ol>
 *   <li>The constructor, on the thread that assembles the consumer. Do no work here.
 *   <li>{@link #open()}, once, on the thread that starts the consumer, before it joins its group. An exception stops the start.
 *   <li>For every partition the consumer is given: {@link #assigned}, then {@link #handle} for its records, then exactly one of
 *       {@link #revoked} and {@link #lost}. The first and the last of these are called on the worker of that partition and never
 *       together with another call for it; if they fail, that is reported as an event and changes nothing else.
 *   <li>{@link #close()}, once, after the last call of any worker has returned or the deadline of the shutdown has passed, and
 *       after the consumer has left its group.
 * </ol>
 *
 * <h2>Threads</h2>
 *
 * <p>There is one instance for all partitions, as with a servlet. {@code handle} runs many times at once, so an implementation must be
 * safe for use by several threads. Which calls never overlap, and see the memory effects of the one before, is the consumer's
 * {@code ordering}:
 *
 * <ul>
 *   <li>{@code partition}: those for one partition. They run on its worker.
 *   <li>{@code key}: those for one key of a partition. They run on lanes, threads that serve all partitions of the consumer. A record
 *       without a key waits for no other.
 *   <li>{@code none}: only further attempts at one record. They run on lanes too.
 * </ul>
 *
 * <p>A handler may block: polling goes on meanwhile, and the consumer keeps its partitions. The threads may be virtual; a handler must
 * not assume that a thread stays with a partition or a key.
 *
 * <h2>Outcome</h2>
 *
 * <ul>
 *   <li>A normal return means that the record is handled: its offset may be committed from then on. Return only after the work
 *       is done.
 *   <li>{@link NonRetriableException} means that no further attempt can help: the failure policy (dead letter, skip or halt)
 *       applies at once.
 *   <li>{@link RetriableException} and every other exception mean that the attempt failed. The record is tried again after a
 *       back-off until its attempts are used up, then the failure policy applies. No later record that waits for it by the ordering
 *       overtakes it.
 *   <li>An {@link Error} stops the consumer; the record is not committed.
 * </ul>
 *
 * <p>A record may arrive again after a crash, a revocation that came in the middle of a call, or a lost partition. A handler
 * should therefore be idempotent.
 *
 * @param <K> the type of the key; {@code byte[]} receives it as it was read
 * @param <V> the type of the value; {@code byte[]} receives it as it was read
 */
public interface TopicHandler<K, V> {

    /**
     * Acquires what the handler needs. Called once before the first record.
     *
     * @throws Exception if the handler cannot work; the consumer does not start
     */
    default void open() throws Exception {}

    /**
     * Tells that the records of {@code partition} follow. Called on the worker of the partition; no call for a record begins before this
     * has returned.
     *
     * @param partition the partition this process owns from now on
     * @throws Exception is reported as an event; the records follow all the same
     */
    default void assigned(TopicPartition partition) throws Exception {}

    /**
     * Does the work for one record. Called on the worker of the record's partition, or on a lane.
     *
     * @param record the record; key and value may be null, as Kafka allows both
     * @param context where the record stands; valid only until this call returns
     * @throws Exception if the attempt failed; see the class description for what each kind means
     */
    void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception;

    /**
     * Tells that {@code partition} is being handed over, or that the consumer is closing. Called on the worker of the partition
     * when no call for a record runs any more, before the last commit. The next owner waits for it, so keep it short.
     *
     * @param partition the partition this process is about to give up
     * @throws Exception is reported as an event; the partition is handed over all the same
     */
    default void revoked(TopicPartition partition) throws Exception {}

    /**
     * Tells that {@code partition} was taken away without notice, for example because this process was cut off from the broker.
     * Another process may own it already. Called on the worker of the partition when no call for a record runs any more. Calls
     * {@link #revoked} unless overridden.
     *
     * @param partition the partition this process no longer owns
     * @throws Exception is reported as an event
     */
    default void lost(TopicPartition partition) throws Exception {
        revoked(partition);
    }

    /**
     * Releases what {@link #open()} acquired. Called once, after the last record, on a thread of its own. The shutdown waits for it
     * until its deadline, at which the thread is interrupted.
     *
     * @throws Exception is logged; the shutdown goes on
     */
    default void close() throws Exception {}
}
