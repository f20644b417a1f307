package io.bywash.runtime.cli;

import io.bywash.runtime.plan.Preparation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "lint",
        description =
                "Checks the configuration, the files it names and the handlers, without connecting to a broker or creating a"
                        + " handler. Every problem is reported with its file and line.")
final class LintCommand implements Callable<Integer> {

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Preparation preparation = config.application().prepare();
        preparation.requireBrokers();
        Warnings.print(preparation, spec.commandLine().getErr());
        preparation.problems().throwIfAny();
        int count = preparation.plan().consumers().size();
        spec.commandLine().getOut().println("no problems: " + count + (count == 1 ? " consumer" : " consumers"));
        return ExitCode.OK.code();
    }
}
