package io.bywash.tools.deadletter;

import io.bywash.core.clients.PlainKafkaClients;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.ToolException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads dead-letter topics, from where letters may be pending up to the end at the time of asking. Belongs to no group; it knows what
 * the group of redrives has committed. Not thread-safe.
 */
final class LetterLog implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Consumer<byte[], byte[]> consumer;

    /** What takes letters. */
    @FunctionalInterface
    interface Visitor {
        /** Takes the next record of a partition; returns whether to go on. */
        boolean visit(ConsumerRecord<byte[], byte[]> record, RedrivenLetters redriven);
    }

    /**
     * Opens the log.
     *
     * @param settings the consumer whose letters they are
     * @param topic the dead-letter topic
     */
    LetterLog(ConsumerSettings settings, String topic) {
        Map<String, Object> properties = settings.kafka().forConsumer(settings.name() + "-letters", groupOf(topic));
        properties.remove(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG);
        properties.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
        // Retention may pass the reading by, which is none of its business.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        consumer = new PlainKafkaClients().consumer(properties, cluster -> {});
    }

    /** Returns the group under which it is committed which letters have gone back. */
    static String groupOf(String topic) {
        return "bywash.redrive." + topic;
    }

    /** Returns how a producer names the group under which it commits. */
    ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    /** Returns what is committed, as of now: a transaction that is still open is waited for. */
    Map<TopicPartition, OffsetAndMetadata> committed(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(consumer.committed(Set.copyOf(partitions)));
        committed.values().removeIf(Objects::isNull);
        return committed;
    }

    /** Finds where partitions begin, and what of them has gone back. */
    Map<TopicPartition, RedrivenLetters> redriven(
            Collection<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<TopicPartition, RedrivenLetters> redriven = new HashMap<>();
        consumer.beginningOffsets(partitions)
                .forEach((partition, start) ->
                        redriven.put(partition, new RedrivenLetters(partition, committed.get(partition), start)));
        return redriven;
    }

    /** Returns the first offset of each partition. */
    Map<TopicPartition, Long> starts(Collection<TopicPartition> partitions) {
        return consumer.beginningOffsets(partitions);
    }

    /** Returns the end of each partition. */
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        return consumer.endOffsets(partitions);
    }

    /** Returns the first offset of each partition from a time on; the end if all is older. */
    Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, Instant from) {
        // Brokers may keep positions for thousands of years, and Kafka knows no time before 1970.
        long millis = Math.max(0, from.toEpochMilli());
        Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
        Map<TopicPartition, Long> times =
                partitions.stream().collect(Collectors.toMap(partition -> partition, same -> millis));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                offsets.put(partition, found.offset());
            }
        });
        return offsets;
    }

    /** Returns how many offsets there are at most from given positions to the end. */
    long distance(Map<TopicPartition, Long> positions) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(positions.keySet());
        return positions.entrySet().stream()
                .mapToLong(entry -> Math.max(0, ends.getOrDefault(entry.getKey(), 0L) - entry.getValue()))
                .sum();
    }

    /** Reads from given positions to the end as it is now, or until the visitor has enough. */
    void read(Map<TopicPartition, Long> positions, Map<TopicPartition, RedrivenLetters> redriven, Visitor visitor) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(positions.keySet());
        Set<TopicPartition> open = new HashSet<>(positions.keySet());
        consumer.assign(open);
        positions.forEach(consumer::seek);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        open.removeIf(partition -> isThrough(partition, ends));
        while (!open.isEmpty()) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.poll(POLL).forEach(records::add);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L)
                        && !visitor.visit(record, Objects.requireNonNull(redriven.get(partition)))) {
                    return;
                }
            }
            if (open.removeIf(partition -> isThrough(partition, ends))) {
                consumer.assign(open);
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (!records.isEmpty()) {
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline > 0) {
                throw new ToolException(
                        Kind.BROKER,
                        "nothing of " + open + " was read for " + PATIENCE.toSeconds()
                                + " s; check that the brokers are well and allow this user READ",
                        null);
            }
        }
    }

    private boolean isThrough(TopicPartition partition, Map<TopicPartition, Long> ends) {
        return consumer.position(partition) >= ends.getOrDefault(partition, 0L);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
