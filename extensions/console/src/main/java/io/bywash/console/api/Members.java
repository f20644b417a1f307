package io.bywash.console.api;

import io.bywash.core.GroupConsumer;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.cluster.Cluster;
import io.bywash.tools.offsets.GroupOffsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks Kafka who is in a group. Blocks. */
final class Members {
    private Members() {}

    /**
     * A group.
     *
     * @param members its members in all processes
     * @param state its state in Kafka's words; NONE if the brokers do not know it yet, UNKNOWN if they do not say
     * @param error why it does not say
     */
    record Group(
            List<Member> members, String state, @Nullable String error) {}

    /**
     * A member.
     *
     * @param memberId the id Kafka gave it
     * @param clientId what it calls itself
     * @param host where it is
     * @param partitions what it has
     * @param self whether it is this process, as far as its partitions tell
     */
    record Member(String memberId, String clientId, String host, List<String> partitions, boolean self) {}

    static Group of(GroupConsumer consumer) {
        ConsumerSettings settings = consumer.settings();
        Set<TopicPartition> own = consumer.assignment();
        try (Cluster cluster = new Cluster(settings)) {
            return cluster.find(
                            Objects.requireNonNull(cluster.admin()
                                    .describeConsumerGroups(List.of(settings.group()))
                                    .describedGroups()
                                    .get(settings.group())),
                            "group " + settings.group() + " is not described")
                    .map(group -> group(group, own))
                    .orElseGet(() -> new Group(List.of(), GroupOffsets.NONE, null));
        } catch (ToolException e) {
            return new Group(List.of(), "UNKNOWN", e.getMessage());
        }
    }

    private static Group group(ConsumerGroupDescription group, Set<TopicPartition> own) {
        return new Group(
                group.members().stream()
                        .map(member -> member(member, own))
                        .sorted(Comparator.comparing(Member::memberId))
                        .toList(),
                group.groupState().name(),
                null);
    }

    private static Member member(MemberDescription member, Set<TopicPartition> own) {
        Collection<TopicPartition> partitions = member.assignment().topicPartitions();
        return new Member(
                member.consumerId(),
                member.clientId(),
                member.host(),
                partitions.stream()
                        .sorted(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
                        .map(TopicPartition::toString)
                        .toList(),
                !own.isEmpty() && new HashSet<>(partitions).equals(own));
    }
}
