package io.bywash.runtime.cli;

import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Span;
import io.bywash.core.settings.StartFrom;
import io.bywash.runtime.config.Form;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.runtime.plan.HandlerPlan;
import io.bywash.runtime.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words what a plan runs. */
public final class RunReport {
    private final Plan plan;

    /**
     * Creates a report.
     *
     * @param plan what is going to run
     */
    public RunReport(Plan plan) {
        this.plan = plan;
    }

    /**
     * Describes the consumers.
     *
     * @return lines of text: for each consumer its group, topics, handlers, ordering and failure policy
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (ConsumerPlan consumer : plan.consumers()) {
            lines.add("consumer " + consumer.name());
            line(lines, "group", consumer.group());
            line(lines, "topics", consumer.topics());
            consumer.handlers().forEach((topic, handler) -> line(lines, "handler", topic + " -> " + describe(handler)));
            consumer.handler().ifPresent(handler -> line(lines, "handler", describe(handler)));
            line(lines, "ordering", consumer.ordering());
            line(lines, "on failure", policy(consumer.options().failures()));
            line(lines, "starts at", start(consumer.options().startFrom()));
        }
        return lines;
    }

    private static void line(List<String> lines, String label, String text) {
        lines.add(String.format(Locale.ROOT, "  %-12s%s", label, text));
    }

    private static String describe(HandlerPlan plan) {
        return plan.handler().name() + " (" + plan.handler().type().getName() + " in "
                + plan.handler().place() + ")";
    }

    private static String policy(FailurePolicy policy) {
        Backoff backoff = policy.backoff();
        String attempts = policy.maxAttempts() == 1
                ? "1 attempt"
                : policy.maxAttempts() + " attempts, " + Span.text(backoff.initial()) + " to "
                        + Span.text(backoff.max()) + " apart";
        String end = policy.onFailure() == OnFailure.DEAD_LETTER
                ? "dead-letter to " + policy.deadLetterTopic()
                : Form.word(policy.onFailure());
        return attempts + ", then " + end;
    }

    private static String start(StartFrom from) {
        if (from instanceof StartFrom.At at) {
            return "records of " + at.time() + " or later, where nothing is committed";
        }
        if (from instanceof StartFrom.Ago ago) {
            return "records of the last " + Span.text(ago.age()) + ", where nothing is committed";
        }
        return (from instanceof StartFrom.Latest ? "latest" : "earliest") + ", where nothing is committed";
    }
}
