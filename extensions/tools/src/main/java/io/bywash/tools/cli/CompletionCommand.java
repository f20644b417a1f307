package io.bywash.tools.cli;

import io.bywash.runtime.cli.CommandProvider;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.cli.StopSource;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands. */
@Command(
        name = "completion",
        description =
                "Prints a script by which bash and zsh complete commands and options: source <(bywash completion)")
public final class CompletionCommand implements CommandProvider, Callable<Integer> {

    @Spec
    private CommandSpec spec;

    /** Creates the command, as {@link java.util.ServiceLoader} does. */
    public CompletionCommand() {}

    @Override
    public Object command(StopSource stopping) {
        return this;
    }

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        spec.commandLine().getOut().print(AutoComplete.bash(root.getCommandName(), root));
        return ExitCode.OK.code();
    }
}
