package io.bywash.simulation.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.KafkaMetric;

/** The methods of a producer that the engine does not call. Each says so: to call it, simulate it first. */
interface PartialProducer extends Producer<byte[], byte[]> {

    @Override
    default void initTransactions() {
        throw NotSimulated.method("Producer.initTransactions()");
    }

    @Override
    default void beginTransaction() {
        throw NotSimulated.method("Producer.beginTransaction()");
    }

    @Override
    default void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        throw NotSimulated.method("Producer.sendOffsetsToTransaction(Map, ConsumerGroupMetadata)");
    }

    @Override
    default void commitTransaction() {
        throw NotSimulated.method("Producer.commitTransaction()");
    }

    @Override
    default void abortTransaction() {
        throw NotSimulated.method("Producer.abortTransaction()");
    }

    @Override
    default void registerMetricForSubscription(KafkaMetric metric) {
        throw NotSimulated.method("Producer.registerMetricForSubscription(KafkaMetric)");
    }

    @Override
    default void unregisterMetricFromSubscription(KafkaMetric metric) {
        throw NotSimulated.method("Producer.unregisterMetricFromSubscription(KafkaMetric)");
    }

    @Override
    default Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
        throw NotSimulated.method("Producer.send(ProducerRecord)");
    }

    @Override
    default void flush() {
        throw NotSimulated.method("Producer.flush()");
    }

    @Override
    default Map<MetricName, ? extends Metric> metrics() {
        throw NotSimulated.method("Producer.metrics()");
    }

    @Override
    default Uuid clientInstanceId(Duration timeout) {
        throw NotSimulated.method("Producer.clientInstanceId(Duration)");
    }

    @Override
    default void close() {
        throw NotSimulated.method("Producer.close()");
    }
}
