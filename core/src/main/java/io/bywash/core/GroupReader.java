package io.bywash.core;

import io.bywash.core.binding.DecodeException;
import io.bywash.core.binding.RecordDecoder;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.EventStream;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.poll.PollContext;
import io.bywash.core.pull.PartitionStreams;
import io.bywash.core.pull.ReadRecord;
import io.bywash.core.pull.ReaderContext;
import io.bywash.core.pull.Reading;
import io.bywash.core.pull.RecordStream;
import io.bywash.core.session.Origin;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.snapshot.GroupSnapshot;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A member of a consumer group for an application that drives the loop itself: it takes records when it wants them, says which it is done
 * with, and what it has said is committed. Rebalances, back-pressure, positions and commits are those of {@link GroupConsumer}.
 *
 * <pre>{@code
 * try (GroupReader<String, String> reader = GroupReader.builder(StringDeserializer::new, StringDeserializer::new)
 *         .group("billing")
 *         .topics("orders")
 *         .kafka(Map.of("bootstrap.servers", "localhost:9092"))
 *         .start()) {
 *     for (ReadRecord<String, String> read : reader.records()) {
 *         bill(read.record());
 *         reader.mark(read);
 *     }
 * }
 * }</pre>
 *
 * <p>It is read in one of two ways: {@link #records}, where all partitions come in one stream, or {@link #partitions}, where each has a
 * stream and usually a thread of its own. The buffer bounds what waits to be taken; what has been taken and is not marked is for the
 * application to bound. A record that is not marked is read again by the next owner of its partition.
 *
 * <p>All methods may be called from any thread; those that wait say so.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class GroupReader<K, V> implements AutoCloseable {
    private final Engine engine;
    private final Reading<K, V> reading;

    GroupReader(Engine engine, Supplier<RecordDecoder<K, V>> decoders) {
        this.engine = engine;
        PollContext context = engine.context();
        String name = engine.settings().name();
        this.reading = new Reading<>(
                new ReaderContext<>(
                        name,
                        decoders,
                        context.environment().ticker(),
                        context.metrics(),
                        context.events(),
                        engine.status()::failure),
                new PollThread(engine));
        engine.attach(parts -> reading.takers(), topic -> "", reading::end);
    }

    /**
     * Begins to describe a reader.
     *
     * @param keys creates a deserialiser of keys; called once per stream of records, as deserialisers need not be thread-safe
     * @param values creates a deserialiser of values; called once per stream of records
     * @return a builder
     * @param <K> the type of the key
     * @param <V> the type of the value
     */
    public static <K, V> GroupReaderBuilder<K, V> builder(
            Supplier<? extends Deserializer<K>> keys, Supplier<? extends Deserializer<V>> values) {
        return new GroupReaderBuilder<>(keys, values);
    }

    /**
     * Starts to join the group. Returns before it has joined.
     *
     * @throws IllegalStateException if the reader was started before
     */
    public void start() {
        engine.starting();
        engine.start();
    }

    /**
     * Returns the records of all partitions as one stream. A record that cannot be decoded comes in its turn; what it throws when asked
     * for its content is a {@link DecodeException}, and it is reported as {@link GroupEvent.DecodeFailed}.
     *
     * @return the stream; a reader has one, which every call returns
     * @throws IllegalStateException if the reader is not started, or is read by {@link #partitions}
     */
    public RecordStream<K, V> records() {
        refuseUnlessStarted();
        return reading.records();
    }

    /**
     * Returns a stream that brings each partition as a stream of its own. Records that cannot be decoded come as in {@link #records}.
     *
     * @return the stream of streams; a reader has one, which every call returns
     * @throws IllegalStateException if the reader is not started, or is read as {@link #records}
     */
    public PartitionStreams<K, V> partitions() {
        refuseUnlessStarted();
        return reading.partitions();
    }

    private void refuseUnlessStarted() {
        if (state() == ConsumerState.CREATED) {
            throw new IllegalStateException("reader " + settings().name() + " is not started; call start() first");
        }
    }

    /**
     * Marks a record and all before it in its partition as done. They are committed within the commit interval. A mark that goes back
     * changes nothing. One for a partition that has gone since the record was taken is ignored and reported as
     * {@link GroupEvent.LateResult}.
     *
     * @param record a record of this reader
     */
    public void mark(ReadRecord<K, V> record) {
        reading.mark(record, Optional.empty());
    }

    /**
     * Marks as {@link #mark(ReadRecord)} does, and keeps a text with the offset. The text stays until a later mark brings another, and is
     * given back to whoever gets the partition next, by {@link #text} and by the stream of the partition.
     *
     * @param record a record of this reader
     * @param text at most 3,000 bytes in UTF-8
     * @throws IllegalArgumentException if the text is longer
     */
    public void mark(ReadRecord<K, V> record, String text) {
        reading.mark(record, Optional.of(text));
    }

    /**
     * Marks as {@link #mark(ReadRecord)} does. A record that was not taken since the partition last came here is ignored and reported as
     * {@link GroupEvent.LateResult}: to move on without reading is what {@link #reset(TopicPartition, long)} is for.
     *
     * @param partition its partition
     * @param offset the offset of the record; what is committed is the one after it
     */
    public void mark(TopicPartition partition, long offset) {
        reading.mark(new RecordPosition(partition, offset), Optional.empty());
    }

    /**
     * Marks as {@link #mark(TopicPartition, long)} does, and keeps a text as {@link #mark(ReadRecord, String)} does.
     *
     * @param partition its partition
     * @param offset the offset of the record; what is committed is the one after it
     * @param text at most 3,000 bytes in UTF-8
     * @throws IllegalArgumentException if the text is longer
     */
    public void mark(TopicPartition partition, long offset, String text) {
        reading.mark(new RecordPosition(partition, offset), Optional.of(text));
    }

    /**
     * Goes back to a record: it and all after it in its partition are read again, and its offset is committed. From the return of this
     * method on no record of before comes any more, and marks of those already taken are ignored and reported; a stream of the partition
     * ends, and another begins once it is closed. If the partition has gone since the record was taken, nothing happens but a
     * {@link GroupEvent.LateResult}.
     *
     * @param record the record to read next
     */
    public void reset(ReadRecord<K, V> record) {
        reading.reset(record);
    }

    /**
     * Goes to a position, back or on, as {@link #reset(ReadRecord)} goes to a record.
     *
     * @param partition a partition that is here
     * @param offset the offset to read next; below the start of the log reading goes on there, beyond its end the partition halts
     * @throws IllegalArgumentException if the offset is negative
     */
    public void reset(TopicPartition partition, long offset) {
        reading.reset(new RecordPosition(partition, offset));
    }

    /** Commits as {@link #commit(Duration)} does, and waits for the drain time-out of the settings at most. */
    public void commit() {
        commit(settings().timing().drainTimeout());
    }

    /**
     * Commits now what is marked, and waits until the broker has answered; so not for a listener, which would hold up all events. A
     * failure costs nothing but time: the marks stay, and the commits at the interval cover them.
     *
     * @param timeout how long to wait
     * @throws org.apache.kafka.common.errors.RebalanceInProgressException if a partition is being taken away that has a stream; nothing
     *     is committed before the stream is closed, and then without being asked
     * @throws org.apache.kafka.common.errors.TimeoutException if the answer does not come in time
     * @throws org.apache.kafka.common.errors.InterruptException if the thread is interrupted, which stays set
     * @throws org.apache.kafka.common.KafkaException if the broker refuses the commit
     * @throws IllegalStateException if the reader is not started, or over
     */
    public void commit(Duration timeout) {
        refuseUnlessStarted();
        reading.commit(timeout);
    }

    /**
     * Opens a stream of what rebalances bring: {@link GroupEvent.RebalanceStarted}, {@link GroupEvent.RebalanceCompleted} and
     * {@link GroupEvent.RebalanceFailed}, from now on. Opened before the start, it misses none.
     *
     * @return the stream, which the caller closes
     */
    public EventStream notifications() {
        return engine.events(event -> event instanceof GroupEvent.RebalanceStarted
                || event instanceof GroupEvent.RebalanceCompleted
                || event instanceof GroupEvent.RebalanceFailed);
    }

    /**
     * Opens a stream of what goes wrong, from now on. Nothing in it needs an answer.
     *
     * @return the stream of {@linkplain GroupEvent#isFailure failures}, which the caller closes
     */
    public EventStream errors() {
        return engine.events(GroupEvent::isFailure);
    }

    /**
     * Returns the partitions this reader has.
     *
     * @return the numbers of its partitions by topic, sorted
     */
    public Map<String, SortedSet<Integer>> subscriptions() {
        return engine.control().assignment().stream()
                .collect(Collectors.groupingBy(
                        TopicPartition::topic,
                        TreeMap::new,
                        Collectors.mapping(TopicPartition::partition, Collectors.toCollection(TreeSet::new))));
    }

    /**
     * Returns where the logs of its partitions end, as last heard: at most half a second ago, or ten seconds for one that is paused.
     *
     * @return the offset after the last record of each partition whose end was heard yet
     */
    public Map<TopicPartition, Long> highWaterMarks() {
        return snapshot().partitions().stream()
                .filter(one -> one.logEnd() >= 0)
                .collect(Collectors.toUnmodifiableMap(one -> one.partition(), one -> one.logEnd()));
    }

    /**
     * Returns the text that was kept with the committed offset at which a partition began here.
     *
     * @param partition the partition
     * @return the text; nothing if there was none, or the partition is not here
     */
    public Optional<String> text(TopicPartition partition) {
        return reading.origin(partition).flatMap(Origin::text);
    }

    /**
     * Returns where a partition began here: at the committed offset, where it starts without one, or where it was reset to.
     *
     * @param partition the partition
     * @return the offset; nothing if the partition is not here
     */
    public Optional<Long> initialOffset(TopicPartition partition) {
        return reading.origin(partition).map(Origin::offset);
    }

    /**
     * Returns where the partitions stand, as of at most half a second ago.
     *
     * @return the last snapshot
     */
    public GroupSnapshot snapshot() {
        return engine.snapshot();
    }

    /**
     * Returns the state.
     *
     * @return the state now
     */
    public ConsumerState state() {
        return engine.status().state();
    }

    /**
     * Returns the failure that stopped the reader.
     *
     * @return the failure, once there is one
     */
    public Optional<ConsumerFailedException> failure() {
        return engine.status().failure();
    }

    /**
     * Returns the settings.
     *
     * @return what the reader was told
     */
    public ConsumerSettings settings() {
        return engine.settings();
    }

    /**
     * Ends all streams at once, commits what is marked by then, and leaves the group. Waits for no reader of a stream; where that is wanted,
     * {@link PartitionStreams#close} comes first.
     *
     * @param timeout how long it may take
     * @return whether the reader is over
     */
    public boolean close(Duration timeout) {
        reading.close();
        return engine.close(timeout);
    }

    /** Closes within the drain time-out of the settings. */
    @Override
    public void close() {
        close(settings().timing().drainTimeout());
    }
}
