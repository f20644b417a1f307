package io.bywash.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Optional;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PLAIN, SCRAM and GSSAPI against a real broker. */
@ExtendWith(SecuredKafkaExtension.class)
class SaslBrokerTest {
    private static final Secret GOOD = Secret.of(SecuredKafka.PASSWORD);
    private static final Secret BAD = Secret.of("wrong-canary");

    private final SecuredKafka kafka;

    SaslBrokerTest(SecuredKafka kafka) {
        this.kafka = kafka;
    }

    @Test
    void plainOverTls() throws Exception {
        AuthSettings tls = AuthSettings.none().withTls(kafka.tls());

        assertConnects("SASL", tls.withSasl(new Plain(SecuredKafka.USER, GOOD)));
        assertRefused("SASL", tls.withSasl(new Plain(SecuredKafka.USER, BAD)));
        assertRefused("SASL", tls.withSasl(new Plain("nobody", GOOD)));
    }

    @Test
    void plainWithoutTlsWhereOptedIn() {
        AuthSettings plain = AuthSettings.none().withSasl(new Plain(SecuredKafka.USER, GOOD));

        assertThrows(InvalidAuthException.class, () -> kafka.connect(plain, kafka.bootstrap("CLEAR")));
        assertConnects("CLEAR", plain.withCleartext(CleartextCredentials.ALLOWED));
    }

    @ParameterizedTest
    @EnumSource
    void scram(Scram.Hash hash) throws Exception {
        AuthSettings tls = AuthSettings.none().withTls(kafka.tls());

        assertConnects("SASL", tls.withSasl(new Scram(hash, SecuredKafka.USER, GOOD)));
        assertConnects("CLEAR", AuthSettings.none().withSasl(new Scram(hash, SecuredKafka.USER, GOOD)));
        assertRefused("SASL", tls.withSasl(new Scram(hash, SecuredKafka.USER, BAD)));
        assertRefused("SASL", tls.withSasl(new Scram(hash, "nobody", GOOD)));
    }

    @Test
    void kerberosWithKeytabOrTicketCache() throws Exception {
        Path keytab = kafka.kdc.keytab("billing");

        assertConnects("KERBEROS", kerberos("kafka", new Gssapi.Keytab(keytab, "billing@" + Kdc.REALM)));
        Path cache = kafka.kdc.ticketCache("billing", keytab);
        assertConnects("KERBEROS", kerberos("kafka", new Gssapi.TicketCache(Optional.of(cache), Optional.empty())));
    }

    @Test
    void kerberosWithKeyThatTheKdcNoLongerAccepts() throws Exception {
        Path keytab = kafka.kdc.keytab("retired");
        kafka.kdc.changeKey("retired");

        KafkaException refusal = assertThrows(
                KafkaException.class,
                () -> connect("KERBEROS", kerberos("kafka", new Gssapi.Keytab(keytab, "retired@" + Kdc.REALM))));

        assertTrue(SecuredKafka.chain(refusal).stream().anyMatch(LoginException.class::isInstance), refusal.toString());
    }

    @Test
    void kerberosWithTicketForAnotherService() throws Exception {
        Path keytab = kafka.kdc.keytab("shipping");
        kafka.kdc.keytab("other/localhost");

        assertRefused("KERBEROS", kerberos("other", new Gssapi.Keytab(keytab, "shipping@" + Kdc.REALM)));
    }

    private static AuthSettings kerberos(String service, Gssapi.Credential credential) {
        return AuthSettings.none().withSasl(new Gssapi(service, credential));
    }

    private void connect(String listener, AuthSettings settings) {
        kafka.connect(settings, kafka.bootstrap(listener));
    }

    private void assertConnects(String listener, AuthSettings settings) {
        assertDoesNotThrow(() -> connect(listener, settings));
    }

    private void assertRefused(String listener, AuthSettings settings) {
        SaslAuthenticationException refusal =
                assertThrows(SaslAuthenticationException.class, () -> connect(listener, settings));
        assertFalse(refusal.getMessage().contains("canary"), refusal.getMessage());
    }
}
