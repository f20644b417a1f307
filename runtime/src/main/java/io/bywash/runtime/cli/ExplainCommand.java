package io.bywash.runtime.cli;

import io.bywash.runtime.plan.Preparation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description =
                "Shows every setting in effect, common ones and those of each consumer down to the properties of its Kafka"
                        + " client, and the file and line each comes from. Secrets are shown as ***.")
final class ExplainCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Preparation preparation = config.application().prepare();
        new Explanation(preparation).lines().forEach(spec.commandLine().getOut()::println);
        Warnings.print(preparation, spec.commandLine().getErr());
        preparation.problems().throwIfAny();
        return ExitCode.OK.code();
    }
}
