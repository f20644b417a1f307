package io.bywash.console.view;

import io.bywash.core.GroupConsumer;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.settings.Subscription;
import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.runtime.plan.ConsumerPlan;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where one consumer stands.
 *
 * @param name its name
 * @param group its group
 * @param state its state
 * @param topics the topics it reads, or the pattern
 * @param ordering which records wait for each other, for people to read
 * @param partitions how many partitions it has
 * @param held how many of them something holds up
 * @param idle how many have nothing to read
 * @param advancing how many move on
 * @param lag offsets between the frontiers and the ends of the logs
 * @param backlog what of the lag more processes could help with
 * @param buffered records that were delivered and are not complete
 * @param inFlight calls of the handlers that are under way; of a partition that has very many, the oldest are counted
 * @param behindMillis how old the oldest record is that waits
 * @param totals what it has counted
 * @param rates how fast
 * @param failure what stopped it, if something did
 * @param turnAgeMillis how long ago its poll loop turned last
 * @param taken when all of this was so
 */
public record ConsumerView(
        String name,
        String group,
        ConsumerState state,
        List<String> topics,
        String ordering,
        int partitions,
        long held,
        long idle,
        long advancing,
        long lag,
        long backlog,
        long buffered,
        long inFlight,
        long behindMillis,
        Totals.Counts totals,
        Totals.Rates rates,
        @Nullable String failure,
        long turnAgeMillis,
        String taken) {

    static ConsumerView of(ConsumerPlan plan, GroupConsumer consumer, Totals totals) {
        GroupSnapshot snapshot = consumer.snapshot();
        List<PartitionSnapshot> partitions = snapshot.partitions();
        return new ConsumerView(
                plan.name(),
                plan.group(),
                consumer.state(),
                topics(plan),
                plan.ordering(),
                partitions.size(),
                count(partitions, Condition.Held.class),
                count(partitions, Condition.Idle.class),
                count(partitions, Condition.Advancing.class),
                snapshot.lag(),
                snapshot.backlog(),
                snapshot.buffered(),
                partitions.stream().mapToLong(one -> one.calls().size()).sum(),
                partitions.stream()
                        .map(PartitionSnapshot::behind)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO)
                        .toMillis(),
                totals.counts(),
                totals.rates(),
                consumer.failure().map(Throwable::getMessage).orElse(null),
                consumer.turnAge().toMillis(),
                Times.text(snapshot.taken()));
    }

    private static List<String> topics(ConsumerPlan plan) {
        return plan.subscription() instanceof Subscription.Topics listed
                ? List.copyOf(listed.names())
                : List.of(plan.topics());
    }

    private static long count(List<PartitionSnapshot> partitions, Class<? extends Condition> condition) {
        return partitions.stream()
                .map(PartitionSnapshot::condition)
                .filter(condition::isInstance)
                .count();
    }
}
