package io.bywash.console.api;

import io.bywash.core.GroupConsumer;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.cluster.Cluster;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Asks Kafka who is in a group. An answer is good for a while, however many pages ask. Blocks. */
final class Members {
    private static final Duration GOOD_FOR = Duration.ofSeconds(3);

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(Group group, long at) {
        boolean isFresh() {
            return System.nanoTime() - at < GOOD_FOR.toNanos();
        }
    }

    /**
     * A group.
     *
     * @param members its members in all processes
     * @param state its state in Kafka's words; UNKNOWN if it does not say
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

    Group of(GroupConsumer consumer) {
        ConsumerSettings settings = consumer.settings();
        return answers.compute(
                        settings.name(),
                        (name, old) -> old != null && old.isFresh()
                                ? old
                                : new Answer(ask(settings, consumer.assignment()), System.nanoTime()))
                .group();
    }

    private static Group ask(ConsumerSettings settings, Set<TopicPartition> own) {
        try (Cluster cluster = new Cluster(settings)) {
            ConsumerGroupDescription group = cluster.answer(
                    Objects.requireNonNull(cluster.admin()
                            .describeConsumerGroups(List.of(settings.group()))
                            .describedGroups()
                            .get(settings.group())),
                    "group " + settings.group() + " is not described");
            return new Group(
                    group.members().stream()
                            .map(member -> member(member, own))
                            .sorted(Comparator.comparing(Member::memberId))
                            .toList(),
                    group.groupState().name(),
                    null);
        } catch (ToolException e) {
            return new Group(List.of(), "UNKNOWN", e.getMessage());
        }
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
