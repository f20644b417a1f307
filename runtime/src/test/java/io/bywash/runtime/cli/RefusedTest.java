package io.bywash.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.runtime.cli.CommandRun.Ended;
import io.bywash.runtime.fixture.Seen;
import io.bywash.testkit.BrokerSasl;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.Listener;
import io.bywash.testkit.UniqueName;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a broker that asks who we are refuses: exit code 4, and a message that says what to do. */
class RefusedTest {
    private static final long PATIENCE_S = 90;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder()
            .listener(Listener.sasl("SASL", BrokerSasl.plain(Map.of("billing", "hush"))))
            .accessControl("User:admin"));

    @TempDir
    private Path folder;

    private String topic;

    @BeforeEach
    void prepare() {
        Seen.jar().writeTo(folder.resolve("handlers/recorder.jar"));
        topic = KAFKA.cluster().createUniqueTopic("orders", 1);
    }

    private Ended run(String password) throws Exception {
        return CommandRun.in(
                        folder,
                        "bywash.kafka.bootstrap.servers = \"" + KAFKA.cluster().bootstrapServers() + "\"",
                        "bywash.auth { cleartext-credentials = allowed",
                        "  sasl { mechanism = PLAIN, username = billing, password = " + password + " } }",
                        "bywash.consumers.x { group = " + UniqueName.of("group") + ", topics = [" + topic
                                + "], handler = recorder }")
                .start("run")
                .get(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Test
    void refusedCredentials() throws Exception {
        Ended ended = run("wrong-one");
        assertEquals(4, ended.code(), ended::err);
        assertTrue(ended.err().contains("the broker refused consumer x"), ended.err());
        assertTrue(ended.err().contains("SASL mechanism PLAIN"), ended.err());
        assertTrue(ended.err().contains("; check the credentials"), ended.err());
        assertFalse((ended.out() + ended.err()).contains("wrong-one"));
    }

    @Test
    void refusedAccess() throws Exception {
        Ended ended = run("hush");
        assertEquals(4, ended.code(), ended::err);
        assertTrue(ended.err().contains("the broker refused consumer x"), ended.err());
        assertTrue(ended.err().contains("; allow READ"), ended.err());
        assertFalse((ended.out() + ended.err()).contains("hush"));
    }
}
