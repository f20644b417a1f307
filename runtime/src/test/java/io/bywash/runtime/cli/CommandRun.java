package io.bywash.runtime.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The command line run within the test, with a configuration and a folder of handlers of its own. */
final class CommandRun {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final StopRequest stop = new StopRequest();
    private final Path config;

    private CommandRun(Path config) {
        this.config = config;
    }

    /** Prepares a run with what app.conf says in a folder; handlers are looked for in its folder handlers. */
    static CommandRun in(Path folder, String... lines) {
        try {
            Path file = folder.resolve("app.conf");
            String text =
                    String.join("\n", lines) + "\nbywash.handlers-folder = \"" + folder.resolve("handlers") + "\"\n";
            return new CommandRun(Files.writeString(file, text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path config() {
        return config;
    }

    StopRequest stop() {
        return stop;
    }

    /** Executes a command and waits for its end. */
    Ended execute(String command) {
        return executeRaw(command, "-c", config.toString());
    }

    Ended executeRaw(String... arguments) {
        int code = Main.commandLine(() -> stop, new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
        return new Ended(code, out.toString(), err.toString());
    }

    /** Executes a command that runs until it is stopped, on another thread. */
    CompletableFuture<Ended> start(String command) {
        return CompletableFuture.supplyAsync(() -> execute(command), work -> new Thread(work, "command").start());
    }

    String printed() {
        return out.toString();
    }

    String complaints() {
        return err.toString();
    }

    /** How a command ended. */
    record Ended(int code, String out, String err) {}
}
