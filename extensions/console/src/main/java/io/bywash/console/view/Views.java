package io.bywash.console.view;

import io.bywash.core.GroupConsumer;
import io.bywash.core.snapshot.GroupSnapshot;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.plan.ConsumerPlan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks at the consumers of one application. May be called from any thread; costs no more than reading their snapshots. */
public final class Views {
    private final Bywash bywash;
    private final Map<String, ConsumerPlan> plans;

    /**
     * Creates the view of an application.
     *
     * @param bywash the application
     */
    public Views(Bywash bywash) {
        this.bywash = bywash;
        this.plans = bywash.preparation().plan().consumers().stream()
                .collect(Collectors.toUnmodifiableMap(ConsumerPlan::name, Function.identity()));
    }

    /**
     * Looks at all consumers.
     *
     * @return where they stand
     */
    public Overview overview() {
        return new Overview(
                bywash.state(),
                bywash.isReady(),
                bywash.consumers().entrySet().stream()
                        .map(entry -> consumer(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private ConsumerView consumer(String name, GroupConsumer consumer) {
        ConsumerPlan plan = Objects.requireNonNull(plans.get(name));
        return ConsumerView.of(plan, consumer, new Totals(bywash.metrics(), name));
    }

    /**
     * Returns the snapshots of all consumers.
     *
     * @return snapshots by the name of the consumer, each taken for itself
     */
    public Map<String, GroupSnapshot> snapshots() {
        return bywash.consumers().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().snapshot()));
    }

    /**
     * Looks at the partitions of a consumer.
     *
     * @param consumer the consumer
     * @return all of its partitions
     */
    public static PartitionsView partitions(GroupConsumer consumer) {
        return PartitionsView.of(consumer.snapshot());
    }

    /**
     * Looks at the calls of a consumer that are under way.
     *
     * @param consumer the consumer
     * @return the calls, the oldest first
     */
    public static List<CallView> calls(GroupConsumer consumer) {
        return consumer.snapshot().partitions().stream()
                .flatMap(partition -> partition.calls().stream().map(call -> CallView.of(partition.partition(), call)))
                .sorted(CallView.OLDEST_FIRST)
                .toList();
    }

    /**
     * Looks at the records of a consumer that failed and wait.
     *
     * @param consumer the consumer
     * @return the records: those first that are tried again first, those last that wait for an operator
     */
    public static List<WaitingView> waiting(GroupConsumer consumer) {
        return consumer.snapshot().partitions().stream()
                .flatMap(partition ->
                        partition.waiting().stream().map(record -> WaitingView.of(partition.partition(), record)))
                .sorted(WaitingView.NEXT_DUE_FIRST)
                .toList();
    }
}
