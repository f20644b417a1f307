package io.bywash.console.view;

import io.bywash.console.settings.ConsoleSettings.Contents;
import io.bywash.core.GroupConsumer;
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
    private final Contents contents;
    private final Map<String, ConsumerPlan> plans;

    /**
     * Creates the view of an application.
     *
     * @param bywash the application
     * @param contents whether keys of records are shown
     */
    public Views(Bywash bywash, Contents contents) {
        this.bywash = bywash;
        this.contents = contents;
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
     * Looks at the partitions of a consumer.
     *
     * @param consumer the consumer
     * @return all of its partitions
     */
    public PartitionsView partitions(GroupConsumer consumer) {
        return PartitionsView.of(consumer.snapshot(), contents);
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
    public List<WaitingView> waiting(GroupConsumer consumer) {
        return consumer.snapshot().partitions().stream()
                .flatMap(partition -> partition.waiting().stream()
                        .map(record -> WaitingView.of(partition.partition(), record, contents)))
                .sorted(WaitingView.NEXT_DUE_FIRST)
                .toList();
    }
}
