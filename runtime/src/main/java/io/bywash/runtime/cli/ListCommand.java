package io.bywash.runtime.cli;

import io.bywash.runtime.discovery.FoundHandler;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.runtime.plan.HandlerPlan;
import io.bywash.runtime.plan.Plan;
import io.bywash.runtime.plan.Preparation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description =
                "Lists the handlers that are found: the jar of each, its topics, its key and value types, and the consumer it"
                        + " is in with its ordering.")
final class ListCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Preparation preparation = config.application().prepare();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("HANDLER", "CONSUMER", "TOPICS", "ORDERING", "KEY", "VALUE", "CLASS", "JAR"));
        preparation.plan().discovered().handlers().forEach(handler -> rows.addAll(rows(handler, preparation.plan())));
        if (rows.size() > 1) {
            Table.lines(rows).forEach(spec.commandLine().getOut()::println);
        } else {
            spec.commandLine().getOut().println("no handlers found");
        }
        Warnings.print(preparation, spec.commandLine().getErr());
        preparation.problems().throwIfAny();
        return ExitCode.OK.code();
    }

    private static List<List<String>> rows(FoundHandler handler, Plan plan) {
        List<ConsumerPlan> consumers = plan.consumersOf(handler);
        if (consumers.isEmpty()) {
            String declared = handler.topics().isEmpty() ? "-" : String.join(", ", handler.topics());
            return List.of(row(handler, List.of("-", declared, "-"), Optional.empty()));
        }
        return consumers.stream()
                .map(consumer -> row(
                        handler,
                        List.of(consumer.name(), topics(handler, consumer), consumer.ordering()),
                        find(handler, consumer)))
                .toList();
    }

    private static Optional<HandlerPlan> find(FoundHandler handler, ConsumerPlan consumer) {
        return consumer.all().stream()
                .filter(plan -> plan.handler().equals(handler))
                .findFirst();
    }

    private static String topics(FoundHandler handler, ConsumerPlan consumer) {
        boolean takesTheRest = consumer.handler()
                .filter(plan -> plan.handler().equals(handler))
                .isPresent();
        String own = consumer.handlers().entrySet().stream()
                .filter(entry -> entry.getValue().handler().equals(handler))
                .map(java.util.Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return takesTheRest ? consumer.topics() : own;
    }

    private static List<String> row(FoundHandler handler, List<String> consumer, Optional<HandlerPlan> plan) {
        return List.of(
                handler.name(),
                consumer.get(0),
                consumer.get(1),
                consumer.get(2),
                plan.map(found -> found.keys().type()).orElse("-"),
                plan.map(found -> found.values().type()).orElse("-"),
                handler.type().getName(),
                handler.place());
    }
}
