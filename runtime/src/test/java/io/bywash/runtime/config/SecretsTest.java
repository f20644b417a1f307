package io.bywash.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bywash.auth.sasl.password",
                "bywash.auth.sasl.client-secret",
                "bywash.auth.tls.key-store-password",
                "bywash.consumers.x.kafka.sasl.jaas.config",
                "bywash.kafka.ssl.keystore.key",
                "bywash.kafka.ssl.truststore.certificates",
                "bywash.kafka.sasl.oauthbearer.assertion.private.key.passphrase",
                "bywash.kafka.basic.auth.user.info",
                "bywash.kafka.vault.token"
            })
    void hidesSecrets(String path) {
        assertEquals("***", Secrets.redact(path, "\"hush\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bywash.auth.tls.key",
                "bywash.consumers.password-resets.topics",
                "bywash.consumers.\"token.secret\".topics",
                "bywash.kafka.sasl.oauthbearer.token.endpoint.url",
                "bywash.auth.sasl.token-endpoint",
                "bywash.kafka.bootstrap.servers"
            })
    void showsTheRest(String path) {
        assertEquals("\"shown\"", Secrets.redact(path, "\"shown\""));
    }

    @Test
    void hidesKeysGivenInFullAndUsersInUrls() {
        assertEquals("***", Secrets.redact("bywash.auth.tls.key", "-----BEGIN PRIVATE KEY-----"));
        assertEquals(
                "\"http://***@host/x\"",
                Secrets.redact("bywash.kafka.schema.registry.url", "\"http://me:hush@host/x\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bywash.auth.sasl = [{ mechanism = PLAIN, username = me, password = hush }]",
                "bywash.auth.sasl = [[{ password = hush }]]",
                "bywash.consumers = [{ auth { sasl { password = hush } } }]",
                "bywash.auth.sasl.mechanism { password = hush }",
                "bywash.consumers.a.topics { kafka { sasl.jaas.config = hush } }"
            })
    void aSecretInABlockWhereNoneBelongsStaysHidden(String line) {
        Reading reading = Reading.of(Reading.BROKERS, line);
        assertFalse(reading.errors().isEmpty());
        assertFalse(reading.errors().toString().contains("hush"), () -> String.valueOf(reading.errors()));
    }

    @Test
    void aSecretOfTheWrongTypeStaysHiddenInTheMessage() {
        Reading reading =
                Reading.of("bywash.auth.sasl { mechanism = SCRAM-SHA-512, username = me, password = [hush] }");
        assertTrue(reading.errors().get(0).contains("bywash.auth.sasl.password: is ***, but must be a text"));
        assertFalse(reading.errors().toString().contains("hush"));
    }
}
