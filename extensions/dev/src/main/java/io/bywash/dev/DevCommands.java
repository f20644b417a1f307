package io.bywash.dev;

import io.bywash.runtime.cli.CommandProvider;
import io.bywash.runtime.cli.StopSource;

/** Adds {@code dev} to the command line. */
public final class DevCommands implements CommandProvider {

    /** Creates the provider, as {@link java.util.ServiceLoader} does. */
    public DevCommands() {}

    @Override
    public Object command(StopSource stopping) {
        return new DevCommand(stopping);
    }
}
