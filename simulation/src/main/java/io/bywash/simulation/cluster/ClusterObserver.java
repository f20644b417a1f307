package io.bywash.simulation.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Is told what the clients of the cluster do and what becomes of it, at the moment it happens. */
public interface ClusterObserver {

    /** A client polls. */
    void polled(String client);

    /** A client is about to be told that partitions are its own. */
    void assigned(String client, Set<TopicPartition> partitions);

    /** A client is about to be told that it has to give partitions up. */
    void releasing(String client, Set<TopicPartition> partitions);

    /** A client has given partitions up. */
    void released(String client, Set<TopicPartition> partitions);

    /** A client is about to be told that partitions are no longer its own. */
    void lost(String client, Set<TopicPartition> partitions);

    /** A client that asked is told what its group has committed for a partition, if anything. */
    void toldCommitted(String client, TopicPartition partition, Optional<OffsetAndMetadata> committed);

    /**
     * A poll brought something of a partition, or read on without finding a record.
     *
     * @param client the client
     * @param partition the partition
     * @param position where it read from
     * @param fetched what it found
     */
    void fetched(String client, TopicPartition partition, long position, PartitionLog.Fetched fetched);

    /** A client is told where to read on. */
    void sought(String client, TopicPartition partition, long offset);

    /**
     * Records are no more, and others may come in their places.
     *
     * @param partition where
     * @param end the first offset that is free again
     */
    void truncated(TopicPartition partition, long end);

    /** A client asks for a commit. */
    void commitSent(String client, Map<TopicPartition, OffsetAndMetadata> offsets);

    /** The coordinator applied a commit. */
    void committed(String client, Map<TopicPartition, OffsetAndMetadata> offsets);

    /** A client is told that a commit failed, whether it was applied or not. */
    void commitFailed(String client, Exception failure);

    /** A client sends a record. */
    void sent(String client, ProducerRecord<byte[], byte[]> record);

    /** A client is told that a record was not written, whether it was or not. */
    void refused(String client, ProducerRecord<byte[], byte[]> record);

    /** A client is told that a record was written. */
    void acknowledged(String client, ProducerRecord<byte[], byte[]> record);
}
