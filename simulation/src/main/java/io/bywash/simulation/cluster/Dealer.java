package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Chance;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Decides which member is to have which partition of the topics it subscribes to: by chance, whoever had what before. */
final class Dealer {
    private final List<TopicPartition> partitions;
    private final Chance chance;

    Dealer(List<TopicPartition> partitions, Chance chance) {
        this.partitions = partitions;
        this.chance = chance;
    }

    /** Gives each partition to the member that has fewest so far of those that subscribe to its topic. */
    Map<TopicPartition, String> deal(Map<String, Set<String>> subscriptions) {
        List<String> members = chance.shuffled(subscriptions.keySet());
        Map<String, Integer> dealt = new HashMap<>();
        Map<TopicPartition, String> targets = new LinkedHashMap<>();
        for (TopicPartition partition : chance.shuffled(partitions)) {
            members.stream()
                    .filter(member ->
                            subscriptions.getOrDefault(member, Set.of()).contains(partition.topic()))
                    .min(Comparator.comparingInt(member -> dealt.getOrDefault(member, 0)))
                    .ifPresent(member -> {
                        targets.put(partition, member);
                        dealt.merge(member, 1, Integer::sum);
                    });
        }
        return targets;
    }
}
