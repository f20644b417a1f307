package io.bywash.core.poll;

import io.bywash.core.clients.TopicAdmin;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** A broker that holds what a test says, and notes what was created. */
final class ScriptedTopicAdmin implements TopicAdmin {
    final Map<String, Integer> topics = new TreeMap<>();
    final Map<String, Integer> created = new TreeMap<>();
    final Set<String> readOnly = new HashSet<>();
    final Map<TopicPartition, Long> ends = new HashMap<>();
    Optional<KafkaException> outage = Optional.empty();

    @Override
    public Map<String, Integer> partitionCounts(Collection<String> asked, Duration timeout) {
        if (outage.isPresent()) {
            throw outage.get();
        }
        return asked.stream().filter(topics::containsKey).collect(Collectors.toMap(name -> name, topics::get));
    }

    @Override
    public void create(String topic, int partitions, Duration timeout) {
        created.put(topic, partitions);
        topics.put(topic, partitions);
    }

    @Override
    public boolean mayWrite(String topic, Duration timeout) {
        return !readOnly.contains(topic);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return partitions.stream().collect(Collectors.toMap(partition -> partition, ends::get));
    }

    @Override
    public void close() {}
}
