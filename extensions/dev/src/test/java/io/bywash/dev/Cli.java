package io.bywash.dev;

import io.bywash.runtime.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command line in a JVM and a folder of its own, as a user does. */
final class Cli {
    private static final long LIMIT_SECONDS = 120;

    private final Path folder;

    Cli(Path folder) {
        this.folder = folder;
    }

    /**
     * What a run left behind.
     *
     * @param exitCode how it ended
     * @param output all that it printed
     */
    record Run(int exitCode, String output) {}

    Run run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path printed = folder.resolve("printed-" + System.nanoTime());
        Process process =
                process(environment, arguments).redirectOutput(printed.toFile()).start();
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String output = Files.readString(printed, StandardCharsets.UTF_8);
        if (!ended) {
            throw new AssertionError("not over within " + LIMIT_SECONDS + " s:\n" + output);
        }
        return new Run(process.exitValue(), output);
    }

    /** Describes a run for those who want to interfere with it. */
    ProcessBuilder process(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove("KAFKA_BOOTSTRAP_SERVERS");
        builder.environment().putAll(environment);
        return builder;
    }
}
