package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of {@code run}, and a newcomer of {@code dev}. */
@Timeout(240)
class LoggingTest {
    private static final String COUNTING = "bywash.consumers.counter { topics = [numbers], handler = counting }\n";

    @TempDir
    Path folder;

    @Test
    void runTellsOfItsStatesAndOfABrokerThatIsAway() throws Exception {
        Files.writeString(
                folder.resolve("app.conf"),
                COUNTING + "bywash { kafka.bootstrap.servers = \"127.0.0.1:1\", startup-timeout = 3s }");
        Cli.Run run = new Cli(folder).run(Map.of(), "run", "-c", "app.conf");
        assertEquals(4, run.exitCode(), run.output());
        assertTrue(run.output().contains("io.bywash.counter counter is STARTING (was CREATED)"), run.output());
        assertTrue(run.output().contains("could not be established. Node may not be available."), run.output());
        assertTrue(run.output().contains("has not joined group counter within 3s"), run.output());
        assertTrue(run.output().contains("stopped after "), run.output());
    }

    @Test
    void devTellsInItsOwnLinesOnlyUnlessLoggingIsConfigured() throws Exception {
        Files.writeString(folder.resolve("app.conf"), COUNTING);
        String[] command = {"dev", "-c", "app.conf", "--traffic", "numbers", "--records", "10", "--exit"};
        Cli.Run quiet = new Cli(folder).run(Map.of(), command);
        assertEquals(0, quiet.exitCode(), quiet.output());
        assertFalse(quiet.output().contains("io.bywash.counter"), quiet.output());
        assertTrue(
                quiet.output().contains(", drained: 10 handled, 0 dead-lettered, 0 skipped, committed"),
                quiet.output());
        Map<String, String> loud = Map.of("JAVA_TOOL_OPTIONS", "-Dlogback.configurationFile=logback.xml");
        Cli.Run told = new Cli(folder).run(loud, command);
        assertEquals(0, told.exitCode(), told.output());
        assertTrue(told.output().contains("io.bywash.counter counter is RUNNING (was STARTING)"), told.output());
    }
}
