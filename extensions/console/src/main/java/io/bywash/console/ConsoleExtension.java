package io.bywash.console;

import io.bywash.console.settings.ConsoleReader;
import io.bywash.runtime.Extension;
import io.bywash.runtime.config.Section;

/** Opens the console, wherever its jar is on the class path. Its settings are {@code bywash.console}. */
public final class ConsoleExtension implements Extension {

    /** Creates the extension, as {@link java.util.ServiceLoader} does. */
    public ConsoleExtension() {}

    @Override
    public String name() {
        return "console";
    }

    @Override
    public Console configure(Section settings) {
        return new Console(ConsoleReader.read(settings));
    }
}
