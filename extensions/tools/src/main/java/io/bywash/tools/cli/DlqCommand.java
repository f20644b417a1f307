package io.bywash.tools.cli;

import io.bywash.runtime.cli.CommandProvider;
import io.bywash.runtime.cli.StopSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Lists, shows and redrives dead letters. */
@Command(name = "dlq", description = "Lists dead letters, shows one, or sends them back to be handled again.")
public final class DlqCommand implements CommandProvider {

    /** Creates the command, as {@link java.util.ServiceLoader} does. */
    public DlqCommand() {}

    @Override
    public Object command(StopSource stopping) {
        return new CommandLine(this)
                .addSubcommand(new DlqListCommand())
                .addSubcommand(new DlqShowCommand())
                .addSubcommand(new DlqRedriveCommand(stopping));
    }
}
