package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** A Kafka producer over the simulated cluster. Each record is acknowledged, or not, in a step of its own. */
final class SimProducer implements PartialProducer {
    private final String client;
    private final SimCluster cluster;
    private final List<Delivery> deliveries = new ArrayList<>();
    private boolean closed;

    SimProducer(String client, SimCluster cluster) {
        this.client = client;
        this.cluster = cluster;
        cluster.opened(client, this);
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        requireOpen();
        List<PartitionInfo> partitions = cluster.describe(topic);
        if (partitions.isEmpty() || cluster.chance().happens(cluster.faults().letterRefused() / 4)) {
            throw new TimeoutException("Topic " + topic + " not present in metadata");
        }
        return partitions;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        requireOpen();
        cluster.observer().sent(client, record);
        Delivery delivery = new Delivery(record, callback);
        deliveries.add(delivery);
        cluster.stage().scheduler().add(delivery);
        return new CompletableFuture<>();
    }

    private void requireOpen() {
        cluster.stage().scheduler().requireOpen();
        if (closed) {
            throw new IllegalStateException("Cannot perform operation after producer has been closed");
        }
    }

    /** Waits for nothing: what could be acknowledged within the time-out is, at once, and the rest is given up. */
    @Override
    public void close(Duration timeout) {
        closed = true;
        cluster.closed(client, this);
        long deadline = cluster.stage().clock().now() + timeout.toNanos();
        for (Delivery delivery : List.copyOf(deliveries)) {
            if (delivery.due() <= deadline) {
                delivery.step();
            } else {
                delivery.finish(Optional.of(new KafkaException("Producer is closed forcefully.")));
            }
        }
    }

    private final class Delivery implements Actor {
        private final ProducerRecord<byte[], byte[]> record;
        private final Callback callback;
        private final long due;

        Delivery(ProducerRecord<byte[], byte[]> record, Callback callback) {
            this.record = record;
            this.callback = callback;
            this.due = cluster.stage().clock().now()
                    + cluster.latency(cluster.faults().letterSlow());
        }

        @Override
        public String name() {
            return client + "-producer";
        }

        @Override
        public long due() {
            return due;
        }

        @Override
        public void step() {
            finish(write());
        }

        private Optional<Exception> write() {
            if (record.value() != null && record.value().length > SimCluster.LARGEST_VALUE) {
                return Optional.of(new RecordTooLargeException(record.value().length + " bytes are too many"));
            }
            if (cluster.chance().happens(cluster.faults().letterRefused())) {
                return Optional.of(new TimeoutException("the record expired before it was written"));
            }
            return cluster.chance().happens(cluster.faults().letterReplyLost())
                    ? Optional.of(new TimeoutException("the record was written, but the reply was lost"))
                    : Optional.empty();
        }

        void finish(Optional<Exception> failure) {
            deliveries.remove(this);
            cluster.stage().scheduler().remove(this);
            cluster.stage()
                    .trace()
                    .note(client, "letter " + failure.map(Exception::getMessage).orElse("acknowledged"));
            if (failure.isEmpty()) {
                cluster.observer().acknowledged(client, record);
            } else {
                cluster.observer().refused(client, record);
            }
            callback.onCompletion(
                    new RecordMetadata(
                            new TopicPartition(record.topic(), record.partition()),
                            0,
                            0,
                            ConsumerRecord.NO_TIMESTAMP,
                            -1,
                            -1),
                    failure.orElse(null));
        }
    }
}
