package io.bywash.tools.offsets;

import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.cluster.Cluster;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers about groups. Every call connects and disconnects. May be called from any thread. */
public final class GroupReader {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final ConsumerSettings settings;

    /**
     * Creates the reader of a consumer's group.
     *
     * @param settings the consumer
     */
    public GroupReader(ConsumerSettings settings) {
        this.settings = settings;
    }

    /**
     * Looks at the group as it is now.
     *
     * @return its offsets and members
     * @throws ToolException if the broker does not answer or refuses
     */
    public GroupOffsets read() {
        try (Cluster cluster = new Cluster(settings)) {
            return read(cluster);
        }
    }

    GroupOffsets read(Cluster cluster) {
        String group = settings.group();
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>(cluster.answer(
                cluster.admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                "the offsets of group " + group + " are not told"));
        committed.values().removeIf(Objects::isNull);
        Optional<ConsumerGroupDescription> description = cluster.find(
                Objects.requireNonNull(cluster.admin()
                        .describeConsumerGroups(List.of(group))
                        .describedGroups()
                        .get(group)),
                "group " + group + " is not described");
        Map<TopicPartition, String> members = members(description);
        Set<TopicPartition> all = partitions(cluster, committed.keySet());
        Map<TopicPartition, Long> starts = offsets(cluster, all, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(cluster, all, OffsetSpec.latest());
        List<PartitionOffsets> partitions = all.stream()
                .sorted(ORDER)
                .map(partition -> new PartitionOffsets(
                        partition,
                        known(starts, partition),
                        known(ends, partition),
                        Optional.ofNullable(committed.get(partition))
                                .map(offset -> CommittedOffset.origin(partition, offset)),
                        Optional.ofNullable(members.get(partition))))
                .toList();
        return new GroupOffsets(
                settings.name(),
                group,
                description
                        .map(one -> one.groupState().name())
                        .filter(state -> !state.equals("DEAD"))
                        .orElse(GroupOffsets.NONE),
                description.map(one -> one.members().size()).orElse(0),
                partitions);
    }

    private static Map<TopicPartition, String> members(Optional<ConsumerGroupDescription> description) {
        Map<TopicPartition, String> members = new HashMap<>();
        description.ifPresent(group -> group.members()
                .forEach(member -> member.assignment()
                        .topicPartitions()
                        .forEach(partition -> members.put(partition, member.clientId() + member.host()))));
        return members;
    }

    /** What was committed, and what the consumer reads, as far as it exists. */
    private Set<TopicPartition> partitions(Cluster cluster, Set<TopicPartition> committed) {
        Set<String> topics =
                committed.stream().map(TopicPartition::topic).collect(Collectors.toCollection(TreeSet::new));
        for (String source : cluster.sources(settings)) {
            topics.add(source);
            settings.redriveTopicFor(source).ifPresent(topics::add);
        }
        Set<TopicPartition> partitions = new HashSet<>();
        cluster.partitionCounts(topics)
                .forEach((topic, count) ->
                        IntStream.range(0, count).forEach(number -> partitions.add(new TopicPartition(topic, number))));
        return partitions;
    }

    /** Asks for the offsets of those partitions that can tell them: one that has no leader does not hide the others. */
    static Map<TopicPartition, Long> offsets(Cluster cluster, Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        if (!partitions.isEmpty()) {
            ListOffsetsResult asked = cluster.admin()
                    .listOffsets(
                            partitions.stream().collect(Collectors.toMap(partition -> partition, spec -> which)),
                            new ListOffsetsOptions(IsolationLevel.READ_COMMITTED));
            partitions.forEach(partition -> cluster.known(
                            asked.partitionResult(partition), "the offsets of " + partition + " are not told")
                    .ifPresent(found -> offsets.put(partition, found.offset())));
        }
        return offsets;
    }

    private static OptionalLong known(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        Long offset = offsets.get(partition);
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }
}
