package io.bywash.tools.cli;

import io.bywash.runtime.cli.CommandProvider;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.cli.StopSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Pauses a consumer of a running process. */
@Command(
        name = "pause",
        description =
                "Has a consumer of a running process stop fetching, through the console of that process. What is buffered is still handled.")
public final class PauseCommand implements CommandProvider, Callable<Integer> {

    @Mixin
    private ConsoleOption console;

    /** Creates the command, as {@link java.util.ServiceLoader} does. */
    public PauseCommand() {}

    @Override
    public Object command(StopSource stopping) {
        return this;
    }

    @Override
    public Integer call() {
        return Attempt.at(console.output(), () -> {
            console.client().pause(console.consumer(), console.partitions());
            console.done("paused");
            return ExitCode.OK;
        });
    }
}
