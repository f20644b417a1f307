package io.bywash.simulation.cluster;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/** The methods of a consumer that the engine does not call. Each says so: to call it, simulate it first. */
interface PartialConsumer extends Consumer<byte[], byte[]> {

    @Override
    default void subscribe(Collection<String> topics) {
        throw NotSimulated.method("Consumer.subscribe(Collection)");
    }

    @Override
    default void assign(Collection<TopicPartition> partitions) {
        throw NotSimulated.method("Consumer.assign(Collection)");
    }

    @Override
    default void subscribe(Pattern pattern) {
        throw NotSimulated.method("Consumer.subscribe(Pattern)");
    }

    @Override
    default void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
        throw NotSimulated.method("Consumer.subscribe(SubscriptionPattern, ConsumerRebalanceListener)");
    }

    @Override
    default void subscribe(SubscriptionPattern pattern) {
        throw NotSimulated.method("Consumer.subscribe(SubscriptionPattern)");
    }

    @Override
    default void unsubscribe() {
        throw NotSimulated.method("Consumer.unsubscribe()");
    }

    @Override
    default void commitSync() {
        throw NotSimulated.method("Consumer.commitSync()");
    }

    @Override
    default void commitSync(Duration timeout) {
        throw NotSimulated.method("Consumer.commitSync(Duration)");
    }

    @Override
    default void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        throw NotSimulated.method("Consumer.commitSync(Map)");
    }

    @Override
    default void commitAsync() {
        throw NotSimulated.method("Consumer.commitAsync()");
    }

    @Override
    default void commitAsync(OffsetCommitCallback callback) {
        throw NotSimulated.method("Consumer.commitAsync(OffsetCommitCallback)");
    }

    @Override
    default void registerMetricForSubscription(KafkaMetric metric) {
        throw NotSimulated.method("Consumer.registerMetricForSubscription(KafkaMetric)");
    }

    @Override
    default void unregisterMetricFromSubscription(KafkaMetric metric) {
        throw NotSimulated.method("Consumer.unregisterMetricFromSubscription(KafkaMetric)");
    }

    @Override
    default void seekToBeginning(Collection<TopicPartition> partitions) {
        throw NotSimulated.method("Consumer.seekToBeginning(Collection)");
    }

    @Override
    default void seekToEnd(Collection<TopicPartition> partitions) {
        throw NotSimulated.method("Consumer.seekToEnd(Collection)");
    }

    @Override
    default long position(TopicPartition partition, Duration timeout) {
        throw NotSimulated.method("Consumer.position(TopicPartition, Duration)");
    }

    @Override
    default Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        throw NotSimulated.method("Consumer.committed(Set)");
    }

    @Override
    default Uuid clientInstanceId(Duration timeout) {
        throw NotSimulated.method("Consumer.clientInstanceId(Duration)");
    }

    @Override
    default Map<MetricName, ? extends Metric> metrics() {
        throw NotSimulated.method("Consumer.metrics()");
    }

    @Override
    default List<PartitionInfo> partitionsFor(String topic) {
        throw NotSimulated.method("Consumer.partitionsFor(String)");
    }

    @Override
    default Map<String, List<PartitionInfo>> listTopics() {
        throw NotSimulated.method("Consumer.listTopics()");
    }

    @Override
    default Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
        throw NotSimulated.method("Consumer.listTopics(Duration)");
    }

    @Override
    default Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
        throw NotSimulated.method("Consumer.offsetsForTimes(Map)");
    }

    @Override
    default Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times, Duration timeout) {
        throw NotSimulated.method("Consumer.offsetsForTimes(Map, Duration)");
    }

    @Override
    default Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        throw NotSimulated.method("Consumer.beginningOffsets(Collection)");
    }

    @Override
    default Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        throw NotSimulated.method("Consumer.endOffsets(Collection)");
    }

    @Override
    default ConsumerGroupMetadata groupMetadata() {
        throw NotSimulated.method("Consumer.groupMetadata()");
    }

    @Override
    default void enforceRebalance() {
        throw NotSimulated.method("Consumer.enforceRebalance()");
    }

    @Override
    default void enforceRebalance(String reason) {
        throw NotSimulated.method("Consumer.enforceRebalance(String)");
    }

    @Override
    default void close() {
        throw NotSimulated.method("Consumer.close()");
    }

    @Override
    @Deprecated
    default void close(Duration timeout) {
        throw NotSimulated.method("Consumer.close(Duration)");
    }
}
