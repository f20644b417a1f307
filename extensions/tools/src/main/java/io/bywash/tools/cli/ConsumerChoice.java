package io.bywash.tools.cli;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.runtime.cli.ConfigOption;
import io.bywash.runtime.config.Nearest;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.runtime.plan.Preparation;
import io.bywash.tools.ToolException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The consumers a command is about. A picocli mixin. */
final class ConsumerChoice {

    @Mixin
    private ConfigOption config;

    @Option(
            names = {"-g", "--group"},
            paramLabel = "GROUP",
            description =
                    "Only the consumer of this group, by its group or its own name. Default: all in the configuration.")
    private Optional<String> group = Optional.empty();

    /**
     * Reads the configuration. What is wrong with a handler is a warning here, since none is going to run.
     *
     * @return the consumers, of which there is at least one
     */
    List<ConsumerSettings> settings(PrintWriter err) {
        Preparation preparation = config.application().prepare();
        preparation.requireBrokers();
        List<ConsumerPlan> consumers = preparation.plan().consumers();
        if (consumers.isEmpty()) {
            preparation.problems().throwIfAny();
        }
        preparation.problems().errors().forEach(problem -> err.println("warning: " + problem));
        List<ConsumerSettings> chosen = consumers.stream()
                .filter(consumer -> group.filter(
                                name -> !name.equals(consumer.group()) && !name.equals(consumer.name()))
                        .isEmpty())
                .map(ConsumerPlan::settings)
                .toList();
        if (chosen.isEmpty()) {
            throw unknown(consumers);
        }
        return chosen;
    }

    /** Returns the one consumer there is, or that is named. */
    ConsumerSettings one(PrintWriter err) {
        List<ConsumerSettings> chosen = settings(err);
        if (chosen.size() > 1) {
            throw ToolException.notFound("name one group with --group; there are "
                    + chosen.stream().map(ConsumerSettings::group).collect(Collectors.joining(", ")));
        }
        return chosen.get(0);
    }

    private ToolException unknown(List<ConsumerPlan> consumers) {
        String wanted = group.orElse("");
        Set<String> names = new TreeSet<>();
        consumers.forEach(consumer -> names.addAll(List.of(consumer.group(), consumer.name())));
        return ToolException.notFound("the configuration has no consumer of a group " + wanted
                + Nearest.to(wanted, names)
                        .map(name -> "; did you mean " + name + "?")
                        .orElseGet(() -> "; there are " + String.join(", ", names)));
    }
}
