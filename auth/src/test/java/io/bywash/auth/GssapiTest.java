package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about Kerberos credentials that cannot work; that good ones do is shown against a KDC. */
class GssapiTest {
    @TempDir
    Path directory;

    @Test
    void missingKeytabAndTicketCache() {
        Path file = directory.resolve("none");

        assertProblem(
                "sasl.keytab",
                file + " does not exist; create it or correct the path",
                new Gssapi.Keytab(file, "billing@BYWASH.TEST"));
        assertProblem(
                "sasl.ticket-cache",
                file + " does not exist; create it or correct the path",
                new Gssapi.TicketCache(Optional.of(file), Optional.empty()));
    }

    @Test
    void fileThatIsNoKeytab() throws Exception {
        Path file = Files.writeString(directory.resolve("client.keytab"), "hello");

        assertProblem(
                "sasl.keytab",
                file + " holds no key for billing@BYWASH.TEST that this JVM can use, or is no keytab; "
                        + "compare with: klist -k -e " + file,
                new Gssapi.Keytab(file, "billing@BYWASH.TEST"));
    }

    @Test
    void nameThatIsNoPrincipal() throws Exception {
        Path file = Files.writeString(directory.resolve("client.keytab"), "hello");

        assertProblem(
                "sasl.keytab",
                "'billing@' is no Kerberos principal, or lacks a realm while krb5.conf names no default one; "
                        + "write it as name@REALM",
                new Gssapi.Keytab(file, "billing@"));
    }

    @Test
    void defaultTicketCacheNeedsNothing() {
        Gssapi gssapi = new Gssapi("kafka", new Gssapi.TicketCache(Optional.empty(), Optional.of("billing")));

        Map<String, Object> properties = settings(gssapi).clientProperties();

        Map<String, ?> options = JaasContext.loadClientContext(properties)
                .configurationEntries()
                .get(0)
                .getOptions();
        assertEquals(
                Map.of(
                        "doNotPrompt", "true",
                        "refreshKrb5Config", "true",
                        "principal", "billing",
                        "useTicketCache", "true"),
                options);
        assertEquals("kafka", properties.get("sasl.kerberos.service.name"));
    }

    private static AuthSettings settings(Gssapi gssapi) {
        return AuthSettings.none().withSasl(gssapi);
    }

    private static void assertProblem(String setting, String message, Gssapi.Credential credential) {
        assertEquals(
                List.of(new AuthProblem(setting, message)),
                settings(new Gssapi("kafka", credential)).check());
    }
}
