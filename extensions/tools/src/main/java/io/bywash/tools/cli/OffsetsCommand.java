package io.bywash.tools.cli;

import io.bywash.runtime.cli.CommandProvider;
import io.bywash.runtime.cli.StopSource;
import picocli.CommandLine.Command;

/** Shows and resets what groups have committed. */
@Command(
        name = "offsets",
        description = "Shows what a group has committed, or puts it elsewhere.",
        subcommands = {OffsetsShowCommand.class, OffsetsResetCommand.class})
public final class OffsetsCommand implements CommandProvider {

    /** Creates the command, as {@link java.util.ServiceLoader} does. */
    public OffsetsCommand() {}

    @Override
    public Object command(StopSource stopping) {
        return this;
    }
}
