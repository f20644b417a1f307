package io.bywash.console.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.auth.Secret;
import io.bywash.console.fixture.Client;
import io.bywash.console.settings.ConsoleSettings;
import io.bywash.console.settings.ConsoleSettings.Contents;
import io.bywash.console.settings.KeyStoreFile;
import io.bywash.console.settings.Role;
import io.bywash.console.settings.User;
import io.bywash.testkit.tls.KeyStoreType;
import io.bywash.testkit.tls.TestCertificateAuthority;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console with a certificate. */
class TlsTest {
    private static final String PASSWORD = "of the store";

    private final TestCertificateAuthority authority = TestCertificateAuthority.create("console-ca");

    @TempDir
    private Path folder;

    private static ConsoleSettings settings(Path store, String password) {
        return new ConsoleSettings(
                "127.0.0.1",
                0,
                List.of(),
                Contents.HIDDEN,
                Map.of("ana", new User("ana", Secret.of("secret"), Role.OPERATE)),
                Optional.of(new KeyStoreFile(store, Secret.of(password))));
    }

    private Path store(TestCertificateAuthority issuer) {
        return issuer.server("localhost", "127.0.0.1")
                .writeKeyStore(folder.resolve("console.p12"), KeyStoreType.PKCS12, PASSWORD);
    }

    private String refused(Path store, String password) {
        IOException refusal = assertThrows(
                IOException.class,
                () -> new ConsoleServer(settings(store, password), List.of(), List.of(), (caller, request) -> {}));
        assertFalse(refusal.getMessage().contains(password));
        return refusal.getMessage();
    }

    @Test
    void whoTrustsTheCertificateIsAnswered() throws Exception {
        try (ConsoleServer server = new ConsoleServer(
                settings(store(authority), PASSWORD),
                List.of(),
                List.of(Route.get("/api/v1/who", context -> {
                    Json.answer(context, Caller.of(context));
                })),
                (caller, request) -> {})) {
            server.start();
            assertEquals("https", server.uri().getScheme());
            Client client = Client.of(server.uri(), trusting()).as("ana", "secret");
            assertEquals("ana", client.get("/api/v1/who").get("user").asString());
            assertThrows(IOException.class, () -> Client.of(server.uri()).get("/api/v1/who"));
        }
    }

    private SSLContext trusting() throws Exception {
        Path file = authority.writeTrustStore(folder.resolve("trust.p12"), KeyStoreType.PKCS12, PASSWORD);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(file.toFile())) {
            store.load(in, PASSWORD.toCharArray());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void anExpiredCertificateIsNotShown() {
        String message = refused(store(authority.validUntil(Instant.now().minus(Duration.ofDays(1)))), PASSWORD);
        assertTrue(message.contains("and not now; put a new one there and restart"), message);
    }

    @Test
    void aStoreThatDoesNotOpenIsNamed() throws Exception {
        assertTrue(refused(store(authority), "another").contains("does not open"));
        assertTrue(refused(folder.resolve("missing.p12"), PASSWORD).contains("cannot be read"));
        Path text = Files.writeString(folder.resolve("text.p12"), "no store");
        assertTrue(refused(text, PASSWORD).contains("does not open; give a PKCS12 or JKS file"));
        Path trust = authority.writeTrustStore(folder.resolve("trust.p12"), KeyStoreType.PKCS12, PASSWORD);
        assertTrue(refused(trust, PASSWORD).contains("has no private key"));
    }
}
