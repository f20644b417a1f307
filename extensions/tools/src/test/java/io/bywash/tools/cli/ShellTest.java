package io.bywash.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.runtime.cli.Main;
import io.bywash.runtime.cli.StopRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the shell sees: completion, help, and a new project. */
class ShellTest {
    @TempDir
    private Path folder;

    @Test
    void bashTakesTheCompletionAndKnowsTheCommands() throws IOException, InterruptedException {
        Cli.Ended completion = Cli.plain("completion");
        assertEquals(0, completion.code(), completion.err());
        Path script = Files.writeString(folder.resolve("bywash_completion"), completion.out());
        String ask = "source " + script + "; COMP_WORDS=(bywash dlq re); COMP_CWORD=2; COMP_LINE='bywash dlq re';"
                + " _complete_bywash; echo \"${COMPREPLY[@]}\"";
        Process bash =
                new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
        String answer = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, bash.waitFor(), answer);
        assertEquals("redrive", answer.strip());
    }

    @Test
    void everyCommandHasHelp() {
        for (List<String> command : List.of(
                List.of("lag"),
                List.of("offsets", "show"),
                List.of("offsets", "reset"),
                List.of("dlq"),
                List.of("dlq", "list"),
                List.of("dlq", "show"),
                List.of("dlq", "redrive"),
                List.of("pause"),
                List.of("resume"),
                List.of("completion"),
                List.of("create"))) {
            String[] arguments = java.util.stream.Stream.concat(command.stream(), java.util.stream.Stream.of("--help"))
                    .toArray(String[]::new);
            Cli.Ended help = Cli.plain(arguments);
            assertEquals(0, help.code(), help.err());
            assertTrue(help.out().startsWith("Usage: bywash " + String.join(" ", command)), help.out());
            assertTrue(help.out().contains("Exit codes:"), help.out());
        }
    }

    @Test
    void everyOptionIsOnThePage() throws IOException {
        String page = Files.readString(Path.of("../../docs/cli.md"));
        CommandLine bywash =
                Main.commandLine(StopRequest::new, new PrintWriter(System.out), new PrintWriter(System.err));
        Set<String> missing = new TreeSet<>();
        for (String name : List.of("lag", "offsets", "dlq", "pause", "resume", "completion", "create")) {
            collect(bywash.getSubcommands().get(name), "bywash " + name, page, missing);
        }
        assertEquals(Set.of(), missing);
    }

    private static void collect(CommandLine command, String path, String page, Set<String> missing) {
        String section = Arrays.stream(page.split("\n## "))
                .filter(text -> text.contains(path))
                .findFirst()
                .orElse("");
        if (section.isEmpty()) {
            missing.add(path);
        }
        command.getCommandSpec().options().stream()
                .map(option -> option.longestName())
                .filter(option ->
                        !List.of("--help", "--version", "--config", "--output").contains(option))
                .filter(option -> !section.contains(option))
                .forEach(option -> missing.add(path + " " + option));
        command.getSubcommands().forEach((name, sub) -> collect(sub, path + " " + name, page, missing));
    }

    @Test
    void createSaysWhatToDoNext() {
        Path project = folder.resolve("hello");
        Cli.Ended created = Cli.plain("create", project.toString(), "--topic", "orders");
        assertEquals(0, created.code(), created.err());
        assertEquals("created " + project + "; next: cd " + project + " && mvn package\n", created.out());
        assertTrue(Files.exists(project.resolve("src/main/java/com/example/hello/HelloHandler.java")));
        Cli.Ended again = Cli.plain("create", project.toString());
        assertEquals(1, again.code());
        assertTrue(again.err().contains("nothing of it is overwritten"), again.err());
    }
}
