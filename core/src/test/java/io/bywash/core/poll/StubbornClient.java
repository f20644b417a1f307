package io.bywash.core.poll;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;

/** Answers as it is told to: takes no commit until it has been polled so many times, as a client that joins its group again, or none at all. */
final class StubbornClient extends MockConsumer<byte[], byte[]> {
    /** How many polls it needs. */
    int pollsUntilJoined;

    int polls;

    /** The partitions whose lag it was asked for, one after the other. */
    final List<TopicPartition> questions = new ArrayList<>();

    /** How long each question about positions was given. */
    final List<Duration> times = new ArrayList<>();

    /** What happens while it answers what is committed. */
    Runnable whileAnswering = () -> {};

    /** Whether it answers without the partitions it was asked about. */
    boolean leavesOut;

    /** What it answers to every commit instead of taking it. */
    Optional<KafkaException> refusal = Optional.empty();

    /** How many more partitions it begins with before it fails to. */
    int seeksUntilFailure = Integer.MAX_VALUE;

    /** How long it was given to leave its group, once it was closed. */
    Optional<Duration> farewell = Optional.empty();

    /** What it took last, of those that were waited for. */
    final Map<TopicPartition, Long> committed = new HashMap<>();

    /** The texts of the offsets that it took last. */
    final Map<TopicPartition, String> texts = new HashMap<>();

    StubbornClient() {
        super("none");
    }

    void has(Collection<TopicPartition> partitions) {
        Node node = new Node(1, "127.0.0.1", 1);
        Node[] replicas = {node};
        List<PartitionInfo> infos = partitions.stream()
                .map(partition -> new PartitionInfo("orders", partition.partition(), node, replicas, replicas))
                .toList();
        updatePartitions("orders", infos);
        updateBeginningOffsets(partitions.stream().collect(Collectors.toMap(partition -> partition, start -> 0L)));
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        polls++;
        pollsUntilJoined = Math.max(0, pollsUntilJoined - 1);
        return super.poll(timeout);
    }

    @Override
    public synchronized Map<TopicPartition, OffsetAndMetadata> committed(
            Set<TopicPartition> partitions, Duration timeout) {
        times.add(timeout);
        whileAnswering.run();
        return super.committed(partitions, timeout);
    }

    @Override
    public synchronized List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        times.add(timeout);
        return super.partitionsFor(topic, timeout);
    }

    @Override
    public synchronized Map<TopicPartition, Long> beginningOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
        times.add(timeout);
        return leavesOut ? Map.of() : super.beginningOffsets(partitions, timeout);
    }

    @Override
    public synchronized void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        if (refusal.isPresent()) {
            callback.onComplete(offsets, refusal.get());
        } else if (pollsUntilJoined > 0) {
            callback.onComplete(offsets, new RebalanceInProgressException("poll, then try again"));
        } else {
            super.commitAsync(offsets, callback);
            offsets.forEach((partition, offset) -> texts.put(partition, offset.metadata()));
        }
    }

    @Override
    public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        if (pollsUntilJoined > 0) {
            throw new RebalanceInProgressException("poll, then try again");
        }
        super.commitSync(offsets, timeout);
        offsets.forEach((partition, offset) -> texts.put(partition, offset.metadata()));
        offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    }

    @Override
    public synchronized void seek(TopicPartition partition, OffsetAndMetadata target) {
        if (seeksUntilFailure-- == 0) {
            throw new TimeoutException("the network thread is busy");
        }
        super.seek(partition, target);
    }

    @Override
    public synchronized OptionalLong currentLag(TopicPartition partition) {
        questions.add(partition);
        return OptionalLong.of(0);
    }

    @Override
    public synchronized void close(CloseOptions options) {
        farewell = options.timeout();
        super.close(options);
    }
}
