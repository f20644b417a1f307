package io.bywash.runtime.cli;

import com.typesafe.config.Config;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.BywashBuilder;
import io.bywash.runtime.config.ConfigLoader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that every command has which reads the configuration. A picocli mixin. */
public final class ConfigOption {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The configuration, in HOCON. Without it: application.conf on the class path, or what -Dconfig.file names.")
    private Optional<Path> file = Optional.empty();

    /** Creates the option, not given. */
    public ConfigOption() {}

    /**
     * Loads the configuration.
     *
     * @return all of it, with environment, system properties and defaults
     * @throws io.bywash.runtime.config.InvalidConfigurationException if the file is missing or is not HOCON
     */
    public Config load() {
        return new ConfigLoader(Thread.currentThread().getContextClassLoader()).load(file);
    }

    /**
     * Begins to describe the application that the configuration describes.
     *
     * @return a builder
     */
    public BywashBuilder application() {
        return Bywash.builder().config(load());
    }
}
