package io.bywash.tools.cli;

import io.bywash.runtime.cli.CommandProvider;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.cli.StopSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Resumes a consumer of a running process. */
@Command(name = "resume", description = "Undoes pause, through the console of the process.")
public final class ResumeCommand implements CommandProvider, Callable<Integer> {

    @Mixin
    private ConsoleOption console;

    /** Creates the command, as {@link java.util.ServiceLoader} does. */
    public ResumeCommand() {}

    @Override
    public Object command(StopSource stopping) {
        return this;
    }

    @Override
    public Integer call() {
        return Attempt.at(console.output(), () -> {
            console.client().resume(console.consumer(), console.partitions());
            console.done("resumed");
            return ExitCode.OK;
        });
    }
}
