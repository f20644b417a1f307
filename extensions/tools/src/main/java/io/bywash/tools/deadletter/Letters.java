package io.bywash.tools.deadletter;

import io.bywash.core.event.RecordPosition;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.Subscription;
import io.bywash.tools.ToolException;
import io.bywash.tools.cluster.Cluster;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * The dead letters of one consumer, to be looked at. Every call connects, reads and disconnects, and blocks for as long as that takes:
 * a look at many letters reads them all. May be called from any thread.
 */
public final class Letters {
    private final ConsumerSettings settings;

    /**
     * Creates the view of a consumer's letters.
     *
     * @param settings the consumer
     */
    public Letters(ConsumerSettings settings) {
        this.settings = settings;
    }

    /**
     * Finds the dead-letter topics of the consumer. Of a pattern those are meant whose source exists now.
     *
     * @return the topics, existing or not
     * @throws ToolException if the broker does not answer or refuses
     */
    public List<LetterSource> sources() {
        Map<String, Map<String, Optional<String>>> byTopic = new TreeMap<>();
        for (String source : sourceTopics()) {
            byTopic.computeIfAbsent(
                            settings.failures().deadLetterTopicFor(source, settings.group()), t -> new TreeMap<>())
                    .put(source, settings.redriveTopicFor(source));
        }
        return byTopic.entrySet().stream()
                .map(entry -> LetterSource.of(entry.getKey(), settings.name(), settings.group(), entry.getValue()))
                .toList();
    }

    private Collection<String> sourceTopics() {
        if (settings.subscription() instanceof Subscription.Topics listed) {
            return listed.names();
        }
        try (Cluster cluster = new Cluster(settings)) {
            return cluster.sources(settings);
        }
    }

    /**
     * Looks at a dead-letter topic as it is now.
     *
     * @param source the topic
     * @param filter which letters
     * @param scope whether those that have gone back count
     * @param limit the most letters to return, 0 to 10,000; fewer if they have more than 32 MiB. The groups are of all
     * @return what there is; nothing if the topic does not exist
     * @throws ToolException if the broker does not answer or refuses
     */
    public LetterPage list(LetterSource source, LetterFilter filter, RedriveScope scope, int limit) {
        if (limit < 0 || limit > 10_000) {
            throw new IllegalArgumentException("the number of letters to show must be from 0 to 10,000, not " + limit);
        }
        LetterGrouping groups = new LetterGrouping();
        LatestLetters latest = new LatestLetters(limit);
        long[] counts = new long[2];
        scan(source.topic(), (record, redriven) -> {
            Letter letter =
                    LetterParser.parse(record, redriven.cover(record) ? Letter.State.REDRIVEN : Letter.State.PENDING);
            counts[0]++;
            if ((scope == RedriveScope.ALL || letter.state() == Letter.State.PENDING) && filter.matches(letter)) {
                counts[1]++;
                groups.add(letter);
                latest.add(letter);
            }
            return true;
        });
        return new LetterPage(latest.oldestFirst(), groups.groups(), counts[1], counts[0]);
    }

    /**
     * Fetches one letter.
     *
     * @param position where it stands
     * @return the letter
     * @throws ToolException if there is none, or the broker does not answer or refuses
     */
    public Letter show(RecordPosition position) {
        TopicPartition partition = position.partition();
        Deque<Letter> found = new ArrayDeque<>(1);
        open(partition.topic(), (log, partitions) -> {
            if (!partitions.contains(partition)) {
                return;
            }
            List<TopicPartition> one = List.of(partition);
            Map<TopicPartition, RedrivenLetters> redriven = log.redriven(one, log.committed(one));
            log.read(Map.of(partition, position.offset()), redriven, (record, gone) -> {
                if (record.offset() == position.offset()) {
                    found.add(LetterParser.parse(
                            record, gone.cover(record) ? Letter.State.REDRIVEN : Letter.State.PENDING));
                }
                return false;
            });
        });
        if (found.isEmpty()) {
            throw ToolException.notFound("there is no letter " + position
                    + ": no such topic or partition, or retention has removed it, or nothing stands at this offset; list the"
                    + " letters to see what there is");
        }
        return found.getFirst();
    }

    private void scan(String topic, LetterLog.Visitor visitor) {
        open(topic, (log, partitions) -> {
            Map<TopicPartition, RedrivenLetters> redriven = log.redriven(partitions, log.committed(partitions));
            log.read(log.starts(partitions), redriven, visitor);
        });
    }

    /** What is done with an open log. */
    @FunctionalInterface
    private interface Reading {
        void with(LetterLog log, List<TopicPartition> partitions);
    }

    private void open(String topic, Reading reading) {
        try (Cluster cluster = new Cluster(settings)) {
            List<TopicPartition> partitions = new ArrayList<>(cluster.partitions(topic));
            if (partitions.isEmpty()) {
                return;
            }
            try (LetterLog log = new LetterLog(settings, topic)) {
                reading.with(log, partitions);
            } catch (KafkaException e) {
                throw cluster.broker("the letters of " + topic + " are not read", e);
            }
        }
    }
}
