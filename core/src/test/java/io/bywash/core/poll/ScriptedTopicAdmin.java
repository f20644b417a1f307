package io.bywash.core.poll;

import io.bywash.core.clients.LetterTopic;
import io.bywash.core.clients.TopicAdmin;
import io.bywash.core.session.TopicId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** A broker that holds what a test says, and notes what was created. */
final class ScriptedTopicAdmin implements TopicAdmin {
    final Map<String, Integer> topics = new TreeMap<>();
    final Map<String, TopicId> ids = new TreeMap<>();
    final Map<String, Integer> created = new TreeMap<>();
    final Set<String> readOnly = new HashSet<>();
    final Map<TopicPartition, Long> ends = new HashMap<>();
    final Map<TopicPartition, Long> committedEnds = new HashMap<>();
    Optional<RuntimeException> outage = Optional.empty();

    @Override
    public Map<String, Topic> topics(Collection<String> asked, Duration timeout) {
        if (outage.isPresent()) {
            throw outage.get();
        }
        return asked.stream()
                .filter(topics::containsKey)
                .collect(Collectors.toMap(
                        name -> name, name -> new Topic(topics.get(name), Optional.ofNullable(ids.get(name)))));
    }

    @Override
    public void create(LetterTopic wanted, Duration timeout) {
        created.put(wanted.name(), wanted.partitions());
        topics.put(wanted.name(), wanted.partitions());
    }

    @Override
    public boolean mayWrite(String topic, Duration timeout) {
        return !readOnly.contains(topic);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, IsolationLevel isolation, Duration timeout) {
        Map<TopicPartition, Long> seen = isolation == IsolationLevel.READ_COMMITTED ? committedEnds : ends;
        return partitions.stream().collect(Collectors.toMap(partition -> partition, seen::get));
    }

    @Override
    public void close() {}
}
