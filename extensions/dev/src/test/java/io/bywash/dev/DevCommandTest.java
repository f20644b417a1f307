package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class DevCommandTest {
    @TempDir
    Path folder;

    @Test
    void exitNeedsToKnowTheEnd() throws Exception {
        Cli.Run run = new Cli(folder).run(Map.of(), "dev", "--exit");
        assertEquals(2, run.exitCode());
        assertTrue(run.output().contains("--exit needs it to know the end"), run.output());
    }

    @Test
    void aGivenBrokerGetsNoTrafficAndSoCannotBeVerified() throws Exception {
        Cli.Run run = new Cli(folder)
                .run(Map.of("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1"), "dev", "--records", "10", "--exit");
        assertEquals(2, run.exitCode());
        assertTrue(run.output().contains("leave out bywash.kafka.bootstrap.servers"), run.output());
    }

    @Test
    void aDataFolderKeepsTopicsAndOffsets() throws Exception {
        Files.writeString(
                folder.resolve("app.conf"), "bywash.consumers.counter { topics = [numbers], handler = counting }");
        String[] command = {"dev", "-c", "app.conf", "--data", "kept", "--records", "100", "--exit"};
        Cli.Run first = new Cli(folder).run(Map.of(), command);
        assertEquals(0, first.exitCode(), first.output());
        Cli.Run second = new Cli(folder).run(Map.of(), command);
        // Records of the first run that came again would stand out as handled but not sent.
        assertEquals(0, second.exitCode(), second.output());
        assertTrue(second.output().contains("counter: 100 sent, 100 handled"), second.output());
    }
}
