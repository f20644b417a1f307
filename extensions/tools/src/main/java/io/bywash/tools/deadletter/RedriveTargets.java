package io.bywash.tools.deadletter;

import io.bywash.core.event.RecordPosition;
import io.bywash.tools.ToolException;
import io.bywash.tools.cluster.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/** Finds out where letters belong. A letter's headers only choose among what the consumer reads. Not thread-safe. */
final class RedriveTargets {
    /**
     * Nothing is removed before it was read, whatever the defaults of the brokers are. What comes back has the time of the original, by
     * which retention would take it for old.
     */
    private static final Map<String, String> KEPT = Map.of(
            TopicConfig.RETENTION_MS_CONFIG, "-1",
            TopicConfig.RETENTION_BYTES_CONFIG, "-1",
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);

    private final RedriveRequest request;
    private final Cluster cluster;
    private final Map<String, Integer> partitions = new HashMap<>();
    private final Map<String, Optional<Duration>> retention = new HashMap<>();
    private final Instant now = Instant.now();

    RedriveTargets(RedriveRequest request, Cluster cluster) {
        this.request = request;
        this.cluster = cluster;
        LetterSource source = request.source();
        if (request.target() == RedriveTarget.GROUP
                && source.redriveTopics().values().stream().allMatch(Optional::isEmpty)) {
            throw ToolException.refused("consumer " + source.consumer()
                    + " reads no redrive topics, so nothing that is sent to one would be handled; set redrive-topic to a name that"
                    + " Kafka allows, or send the letters to the source topic, which all its groups read");
        }
    }

    /** Returns the topic a letter goes to; nothing if it is not one of this consumer's. */
    Optional<String> of(Letter letter) {
        LetterSource source = request.source();
        Optional<String> topic = letter.source().map(RecordPosition::partition).map(partition -> partition.topic());
        if (topic.isEmpty()
                || !letter.group().equals(source.group())
                || !source.redriveTopics().containsKey(topic.get())) {
            return Optional.empty();
        }
        return request.target() == RedriveTarget.SOURCE
                ? topic
                : source.redriveTopics().getOrDefault(topic.get(), Optional.empty());
    }

    /** Makes sure that the source topic of a letter exists, if that is where it goes. Nothing is created. */
    void require(String topic) {
        if (request.target() == RedriveTarget.SOURCE && count(topic).isEmpty()) {
            throw ToolException.notFound(
                    "topic " + topic + " does not exist, so no letter can go back to it; create it, or redrive to"
                            + " the group that failed, without --to-source");
        }
    }

    /** Tells whether a topic keeps a record of a certain time; retention goes by that and not by when it was written. */
    boolean keeps(String topic, Instant time) {
        return retention
                .computeIfAbsent(topic, cluster::retention)
                .filter(span -> time.isBefore(now.minus(span)))
                .isEmpty();
    }

    /** Returns how many partitions a target has. A redrive topic that is missing is created like its source. */
    int partitions(String topic) {
        return count(topic).orElseGet(() -> create(topic));
    }

    private Optional<Integer> count(String topic) {
        Integer known = partitions.get(topic);
        if (known == null) {
            known = cluster.partitionCounts(List.of(topic)).get(topic);
            if (known != null) {
                partitions.put(topic, known);
            }
        }
        return Optional.ofNullable(known);
    }

    private int create(String topic) {
        String source = request.source().redriveTopics().entrySet().stream()
                .filter(entry -> entry.getValue().filter(topic::equals).isPresent())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(request.source().topic());
        Map<String, Integer> counts =
                cluster.partitionCounts(List.of(source, request.source().topic()));
        int wanted =
                counts.getOrDefault(source, counts.getOrDefault(request.source().topic(), 1));
        cluster.create(topic, wanted, KEPT);
        partitions.put(topic, wanted);
        return wanted;
    }
}
