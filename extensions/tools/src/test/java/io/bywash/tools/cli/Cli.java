package io.bywash.tools.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import io.bywash.runtime.cli.Main;
import io.bywash.runtime.cli.StopRequest;
import io.bywash.tools.fixture.LetterBox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line within the test, with a configuration of its own. */
final class Cli {
    private final Path config;
    private final StopRequest stop = new StopRequest();

    private Cli(Path config) {
        this.config = config;
    }

    /** With one consumer, by the name orders, for the group of a letter box. */
    static Cli of(Path folder, String servers, LetterBox box) {
        return of(
                folder,
                "bywash.kafka.bootstrap.servers = \"" + servers + "\"",
                "bywash.consumers.orders { group = " + box.group() + ", topics = [" + box.source()
                        + "], handler = nobody }");
    }

    static Cli of(Path folder, String... lines) {
        try {
            return new Cli(Files.writeString(folder.resolve("app.conf"), String.join("\n", lines)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a command ended. */
    record Ended(int code, String out, String err) {
        Config json() {
            return ConfigFactory.parseString(out, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));
        }
    }

    StopRequest stop() {
        return stop;
    }

    /** Runs a command with the configuration. */
    Ended run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-c", config.toString()));
        return execute(stop, all);
    }

    /** Runs a command that needs no configuration. */
    static Ended plain(String... arguments) {
        return execute(new StopRequest(), List.of(arguments));
    }

    private static Ended execute(StopRequest stop, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(() -> stop, new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new Ended(code, out.toString(), err.toString());
    }
}
