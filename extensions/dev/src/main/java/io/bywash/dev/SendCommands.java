package io.bywash.dev;

import io.bywash.runtime.cli.CommandProvider;
import io.bywash.runtime.cli.StopSource;

/** Adds {@code send} to the command line. */
public final class SendCommands implements CommandProvider {

    /** Creates the provider, as {@link java.util.ServiceLoader} does. */
    public SendCommands() {}

    @Override
    public Object command(StopSource stopping) {
        return new SendCommand();
    }
}
