package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Chance;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Decides which member is to have which partition: as many each as can be, by chance, whoever had what before. */
final class Dealer {
    private final List<TopicPartition> partitions;
    private final Chance chance;

    Dealer(List<TopicPartition> partitions, Chance chance) {
        this.partitions = partitions;
        this.chance = chance;
    }

    Map<TopicPartition, String> deal(Collection<String> among) {
        List<String> members = chance.shuffled(among);
        List<TopicPartition> deck = chance.shuffled(partitions);
        Map<TopicPartition, String> targets = new LinkedHashMap<>();
        for (int i = 0; i < deck.size() && !members.isEmpty(); i++) {
            targets.put(deck.get(i), members.get(i % members.size()));
        }
        return targets;
    }
}
