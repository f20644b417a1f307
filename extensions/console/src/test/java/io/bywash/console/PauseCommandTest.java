package io.bywash.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.console.fixture.Client;
import io.bywash.console.fixture.Scene;
import io.bywash.runtime.cli.Main;
import io.bywash.runtime.cli.StopRequest;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code bywash pause} and {@code resume} against the console they are made for. */
class PauseCommandTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Scene scene;
    private Client client;

    @BeforeEach
    void begin() throws Exception {
        scene = new Scene(KAFKA.cluster(), 2, "");
        client = Client.of(scene.uri());
        client.await(
                "/api/v1/consumers/shipping/partitions",
                answer -> answer.get("partitions").size() == 2);
    }

    @AfterEach
    void end() {
        scene.close();
    }

    private int run(String command, String consumer, String... partitions) {
        String[] all = new String[partitions.length + 4];
        all[0] = command;
        all[1] = consumer;
        System.arraycopy(partitions, 0, all, 2, partitions.length);
        all[all.length - 2] = "--console";
        all[all.length - 1] = scene.uri().toString();
        return Main.commandLine(StopRequest::new, new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(all);
    }

    private void awaitPaused(int expected) throws Exception {
        client.await("/api/v1/consumers/shipping/partitions", answer -> {
            String text = answer.toString();
            return text.split("\\[\"OPERATOR\"]", -1).length - 1 == expected;
        });
    }

    @Test
    void aConsumerIsPausedAndResumed() throws Exception {
        String one = scene.topic("shipping") + "-1";
        assertEquals(0, run("pause", "shipping", one), err::toString);
        awaitPaused(1);
        assertEquals(0, run("pause", "shipping"), err::toString);
        awaitPaused(2);
        assertEquals(0, run("resume", "shipping"), err::toString);
        awaitPaused(0);
        assertTrue(out.toString().startsWith("shipping: " + one + " paused\n"), out::toString);
        assertTrue(client.get("/api/v1/audit").toString().contains("shipping: " + one));
    }

    @Test
    void whatTheConsoleRefusesIsToldWithItsRemedy() {
        assertEquals(3, run("pause", "nobody"), err::toString);
        assertTrue(err.toString().contains("orders, payments, shipping"), err::toString);
        assertEquals(3, run("pause", "shipping", "shipping-99"), err::toString);
        assertTrue(err.toString().contains("this process does not have the partition"), err::toString);
    }
}
