package io.bywash.core.pull;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.binding.RecordDecoder;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.Batch;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.thread.Ticker;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The reading side of a reader, and a test in the part of its poll thread. Values are the offsets of the records. */
final class DrivenReader implements PollRequests {
    final List<GroupEvent> events = new CopyOnWriteArrayList<>();
    final List<RecordPosition> resets = new ArrayList<>();
    final Reading<String, String> reading;
    private final Queue<Consumer<Optional<Exception>>> commits = new ArrayDeque<>();
    private final Map<TopicPartition, RecordTaker> takers = new HashMap<>();
    private Optional<ConsumerFailedException> failure = Optional.empty();
    private long epoch;

    DrivenReader() {
        this(new StringDeserializer());
    }

    DrivenReader(Deserializer<String> values) {
        reading = new Reading<>(
                new ReaderContext<>(
                        "driven",
                        () -> new RecordDecoder<>(StringDeserializer::new, () -> values),
                        Ticker.SYSTEM,
                        new ConsumerMetrics(new MetricRegistry(), "driven"),
                        events::add,
                        () -> failure),
                this);
    }

    static TopicPartition partition(int number) {
        return new TopicPartition("topic", number);
    }

    PartitionSession assign(TopicPartition partition, long offset) {
        PartitionSession session =
                new PartitionSession(partition, ++epoch, Origin.fresh(offset, Instant.EPOCH), 1_000_000);
        Optional<RecordTaker> former = Optional.ofNullable(takers.get(partition));
        RecordTaker taker = reading.takers()
                .create(session, () -> former.map(RecordTaker::isQuiet).orElse(true));
        takers.put(partition, taker);
        session.takenBy(taker);
        taker.start();
        return session;
    }

    void deliver(PartitionSession session, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long next = session.ledger().deliveredNext();
        for (int i = 0; i < count; i++, next++) {
            byte[] value = String.valueOf(next).getBytes(StandardCharsets.UTF_8);
            records.add(new ConsumerRecord<>(
                    session.partition().topic(), session.partition().partition(), next, null, value));
        }
        session.offer(Batch.of(records), next, Optional.empty());
    }

    void fail(ConsumerFailedException why) {
        failure = Optional.of(why);
        reading.end();
    }

    synchronized void answerCommit(Optional<Exception> answer) {
        commits.remove().accept(answer);
    }

    synchronized boolean hasCommitRequest() {
        return !commits.isEmpty();
    }

    @Override
    public synchronized void commit(Consumer<Optional<Exception>> done) {
        commits.add(done);
    }

    @Override
    public void reset(RecordPosition target) {
        resets.add(target);
    }

    @Override
    public void reset(PartitionSession session, long offset) {
        reset(new RecordPosition(session.partition(), offset));
    }
}
