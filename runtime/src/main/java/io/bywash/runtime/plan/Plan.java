package io.bywash.runtime.plan;

import io.bywash.runtime.discovery.Discovered;
import io.bywash.runtime.discovery.FoundHandler;
import java.util.List;

/**
 * What is going to run.
 *
 * @param consumers the consumers, those of configuration first
 * @param discovered what handlers there are, used or not
 * @param unused those that no consumer asks for, and that declare no topics
 */
public record Plan(List<ConsumerPlan> consumers, Discovered discovered, List<FoundHandler> unused) {

    /**
     * Returns the consumers a handler is in.
     *
     * @param handler the handler
     * @return the consumers; empty if it is not used
     */
    public List<ConsumerPlan> consumersOf(FoundHandler handler) {
        return consumers.stream()
                .filter(consumer ->
                        consumer.all().stream().anyMatch(plan -> plan.handler().equals(handler)))
                .toList();
    }

    /**
     * Says what was found but is not going to run.
     *
     * @return one sentence for each broken provider, each jar that provides nothing or bundles what it must share, and each handler
     *     without a consumer
     */
    public List<String> notes() {
        List<String> notes = new java.util.ArrayList<>();
        discovered.broken().forEach(provider -> notes.add(provider.toString()));
        discovered
                .empty()
                .forEach(
                        place -> notes.add(
                                place + " provides nothing; name its handler classes in"
                                        + " META-INF/services/io.bywash.handler.TopicHandler, or its module in META-INF/services/com.google.inject.Module"));
        discovered.copies().forEach(copies -> notes.add(copies.toString()));
        unused.forEach(handler -> notes.add("handler " + handler.name() + " (" + handler.place()
                + ") is in no consumer; name it in a consumer's block, or give its class @Handles(topics = …)"));
        return notes;
    }
}
