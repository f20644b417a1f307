package io.bywash.core.clients;

import io.bywash.core.session.TopicId;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Questions about topics that a Kafka consumer cannot answer without being in the way. Every call blocks up to its time-out. */
public interface TopicAdmin extends AutoCloseable {

    /**
     * A topic that exists.
     *
     * @param partitions how many it has
     * @param id which one it is of all that ever had its name; nothing if its cluster is so old that it gives topics no ids
     */
    record Topic(int partitions, Optional<TopicId> id) {}

    /**
     * Asks about topics.
     *
     * @param topics their names
     * @param timeout how long to wait
     * @return those that exist, by name
     * @throws KafkaException if the broker does not answer or refuses
     */
    Map<String, Topic> topics(Collection<String> topics, Duration timeout);

    /**
     * Creates a dead-letter topic; does nothing if it exists.
     *
     * @param wanted the topic; if this user may not know how long others keep records, it keeps letters as brokers do unless told
     * @param timeout how long to wait for each answer
     * @throws KafkaException if the broker does not answer or refuses
     */
    void create(LetterTopic wanted, Duration timeout);

    /**
     * Asks whether this client may write to a topic.
     *
     * @param topic an existing topic
     * @param timeout how long to wait
     * @return whether the broker would take a record
     * @throws KafkaException if the broker does not answer or refuses
     */
    boolean mayWrite(String topic, Duration timeout);

    /**
     * Asks for the offsets after the last record.
     *
     * @param partitions the partitions
     * @param isolation whether records of transactions that are still open count
     * @param timeout how long to wait
     * @return the end of each partition
     * @throws KafkaException if the broker does not answer or refuses
     */
    Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, IsolationLevel isolation, Duration timeout);

    @Override
    void close();
}
