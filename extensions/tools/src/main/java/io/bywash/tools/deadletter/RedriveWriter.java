package io.bywash.tools.deadletter;

import io.bywash.core.clients.PlainKafkaClients;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Sends letters back, each batch in one transaction with the position it leads to: both happen or neither does. Of two that redrive the
 * same topic, the later one fences the earlier.
 */
final class RedriveWriter implements AutoCloseable {
    private static final long PATIENCE_MS = Duration.ofSeconds(30).toMillis();

    private final Producer<byte[], byte[]> producer;
    private final ConsumerGroupMetadata group;
    private final String topic;

    /** Opens the writer and ends what another one has begun; after that, what is committed stays. */
    RedriveWriter(ConsumerSettings settings, String topic, ConsumerGroupMetadata group) {
        this(producer(settings, topic), topic, group);
    }

    RedriveWriter(Producer<byte[], byte[]> producer, String topic, ConsumerGroupMetadata group) {
        this.producer = producer;
        this.topic = topic;
        this.group = group;
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static Producer<byte[], byte[]> producer(ConsumerSettings settings, String topic) {
        Map<String, Object> properties =
                settings.kafka().forDeadLetterProducer(settings.name() + "-redrive", PATIENCE_MS);
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, LetterLog.groupOf(topic));
        return new PlainKafkaClients().producer(properties);
    }

    void write(List<ProducerRecord<byte[], byte[]>> records, Map<TopicPartition, OffsetAndMetadata> positions) {
        try {
            producer.beginTransaction();
            records.forEach(producer::send);
            producer.sendOffsetsToTransaction(positions, group);
            commit(records.size());
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw new ToolException(
                    ToolException.Kind.REFUSED,
                    "another redrive of " + topic
                            + " has begun and goes on from here; what this one reported is done, the rest is the other's",
                    e);
        } catch (KafkaException e) {
            abort(e);
            throw e;
        }
    }

    /** Once the commit was asked for, the broker may carry it out whenever it will; to abort is no longer possible. */
    private void commit(int letters) {
        try {
            producer.commitTransaction();
        } catch (TimeoutException | InterruptException e) {
            String why = e instanceof TimeoutException
                    ? "the broker did not confirm them in time"
                    : "the redrive was interrupted before the broker confirmed them";
            throw new ToolException(
                    ToolException.Kind.BROKER,
                    (letters == 0
                                    ? "this redrive sent no letter of " + topic
                                            + " back, and whether it wrote the positions it begins with is not known, since "
                                            + why
                                    : "whether the last " + letters + " letters of " + topic
                                            + " went back is not known, since " + why
                                            + "; what was reported before is done")
                            + "; the next redrive finds out and goes on from there",
                    e);
        }
    }

    private void abort(KafkaException cause) {
        try {
            producer.abortTransaction();
        } catch (RuntimeException e) {
            // The broker ends it when it times out, or when the next redrive begins.
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
