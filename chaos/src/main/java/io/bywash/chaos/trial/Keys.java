package io.bywash.chaos.trial;

import io.bywash.chaos.secured.Secrets;
import io.bywash.chaos.secured.SecuredBroker;
import io.bywash.chaos.trial.SecuredRun.Access;
import io.bywash.testkit.tls.TestCertificateAuthority;
import io.bywash.testkit.tls.TestIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Ways to get in, or not, with the files that go with them. */
final class Keys {
    private Keys() {}

    /** The right password, over TLS. */
    static Access password(SecuredBroker broker, Secrets secrets, Path directory) throws IOException {
        return password("PASSWORD", secrets.password(), broker.authority(), directory);
    }

    static Access password(String door, String password, TestCertificateAuthority trusted, Path directory)
            throws IOException {
        Path file = Files.writeString(directory.resolve("password"), password);
        return new Access(door, trust(trusted, directory) + """
                sasl { mechanism = SCRAM-SHA-512, username = %s, password-file = "%s" }
                """.formatted(SecuredBroker.USER, file));
    }

    /** TLS alone, with a door that asks for no certificate. */
    static Access trustOnly(String door, TestCertificateAuthority trusted, Path directory) throws IOException {
        return new Access(door, trust(trusted, directory));
    }

    private static String trust(TestCertificateAuthority trusted, Path directory) throws IOException {
        return "tls { trust = \"" + Files.writeString(directory.resolve("ca.pem"), trusted.certificatePem()) + "\" }\n";
    }

    /** A token of the endpoint, over TLS; the secret stands in the configuration itself. */
    static Access token(SecuredBroker broker, Secrets secrets, Path directory) throws IOException {
        return new Access(
                "TOKEN",
                trust(broker.authority(), directory)
                        + """
                sasl {
                  mechanism = OAUTHBEARER
                  token-endpoint = "%s"
                  token-endpoint-trust = "%s"
                  client-id = %s
                  client-secret = "%s"
                }
                """.formatted(
                                        broker.tokens().url(),
                                        directory.resolve("ca.pem"),
                                        SecuredBroker.TOKEN_USER,
                                        secrets.clientSecret()));
    }

    /** A certificate that the broker asks for. */
    static Access certificate(SecuredBroker broker, Secrets secrets, Path directory) throws IOException {
        return certificate(
                broker.authority().client(SecuredBroker.USER),
                broker.authority().certificatePem(),
                directory);
    }

    /** Writes certificate and key, and whom to trust. */
    static Access certificate(TestIdentity identity, String trusted, Path directory) throws IOException {
        Files.writeString(directory.resolve("ca.pem"), trusted);
        Files.writeString(directory.resolve("client.pem"), identity.certificatePem());
        Files.writeString(directory.resolve("client.key"), identity.privateKeyPem());
        return new Access("MUTUAL", """
                tls { trust = "%1$s/ca.pem", certificate = "%1$s/client.pem", key = "%1$s/client.key" }
                """.formatted(directory));
    }
}
