package io.bywash.benchmarks.scale;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Kafka's own mock, which gets all partitions at its first poll and makes up records, one of each partition in turn. */
final class GeneratingConsumer extends MockConsumer<byte[], byte[]> {
    private static final int RECORDS_PER_POLL = 3_000;
    private static final int VALUE_BYTES = 100;

    private final List<TopicPartition> partitions;
    private final long[] next;
    private long left;
    private int turn;
    private boolean joined;

    GeneratingConsumer(String topic, int count) {
        super("none");
        partitions = IntStream.range(0, count)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        next = new long[count];
        Map<TopicPartition, Long> starts = partitions.stream().collect(Collectors.toMap(Function.identity(), p -> 0L));
        updateBeginningOffsets(starts);
        updateEndOffsets(starts);
    }

    int partitions() {
        return partitions.size();
    }

    /** Has so many more records come. May be called from any thread. */
    synchronized void send(long records) {
        left += records;
    }

    @Override
    public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        if (!joined) {
            joined = true;
            rebalance(partitions);
        }
        if (left == 0 || timeout.isZero()) {
            LockSupport.parkNanos(timeout.toNanos());
            return ConsumerRecords.empty();
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
        for (int i = 0; i < RECORDS_PER_POLL && left > 0; i++, turn++) {
            TopicPartition partition = partitions.get(turn % partitions.size());
            if (!paused().contains(partition)) {
                left--;
                records.computeIfAbsent(partition, first -> new ArrayList<>()).add(record(partition));
                positions.put(partition, new OffsetAndMetadata(next[partition.partition()]));
            }
        }
        return new ConsumerRecords<>(records, positions);
    }

    private ConsumerRecord<byte[], byte[]> record(TopicPartition partition) {
        long offset = next[partition.partition()]++;
        byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(turn).array();
        return new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                0,
                TimestampType.CREATE_TIME,
                key.length,
                VALUE_BYTES,
                key,
                new byte[VALUE_BYTES],
                new RecordHeaders(),
                Optional.of(0));
    }
}
