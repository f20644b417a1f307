package io.bywash.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A listener that asks for signed tokens. Key set and tokens are files: Kafka takes those in place of an issuer. */
class OAuthBearerTest {

    private static final String ALLOWED_URLS = "org.apache.kafka.sasl.oauthbearer.allowed.urls";
    private static final String ALLOWED_FILES = "org.apache.kafka.sasl.oauthbearer.allowed.files";

    @TempDir
    Path temporary;

    @Test
    void letsInWhoHasATokenOfTheIssuer() throws Exception {
        KeyPair issuer = rsaKeys();
        Path keySet = Files.writeString(temporary.resolve("keys.json"), keySet((RSAPublicKey) issuer.getPublic()));
        Path good = Files.writeString(temporary.resolve("good.jwt"), token("billing", issuer.getPrivate()));
        Path forged = Files.writeString(
                temporary.resolve("forged.jwt"), token("billing", rsaKeys().getPrivate()));
        Path elsewhere = Files.writeString(temporary.resolve("other.jwt"), token("other", issuer.getPrivate()));
        System.setProperty(ALLOWED_URLS, String.join(",", url(keySet), url(good), url(forged), url(elsewhere)));
        System.setProperty(ALLOWED_FILES, temporary.toString());

        Listener listener = Listener.sasl("TOKENS", BrokerSasl.oauthBearer(keySet.toUri()))
                .with("sasl.oauthbearer.expected.issuer", "test")
                .with("sasl.oauthbearer.expected.audience", "billing");
        try (EmbeddedKafka kafka = EmbeddedKafka.builder().listener(listener).start()) {
            kafka.createTopic("orders", 1);
            kafka.produce("orders", "key", "value");

            assertEquals("value", read(kafka, good));
            assertThrows(SaslAuthenticationException.class, () -> read(kafka, forged));
            assertThrows(SaslAuthenticationException.class, () -> read(kafka, elsewhere));
        } finally {
            System.clearProperty(ALLOWED_URLS);
            System.clearProperty(ALLOWED_FILES);
        }
    }

    private static String read(EmbeddedKafka kafka, Path token) {
        Map<String, Object> client = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "OAUTHBEARER",
                "sasl.jaas.config",
                OAuthBearerLoginModule.class.getName() + " required;",
                "sasl.login.callback.handler.class",
                OAuthBearerLoginCallbackHandler.class.getName(),
                "sasl.oauthbearer.token.endpoint.url",
                url(token));
        TopicPartition partition = new TopicPartition("orders", 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(60)).iterator().next().value();
        }
    }

    private static KeyPair rsaKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static String keySet(RSAPublicKey key) {
        return "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"test\",\"alg\":\"RS256\",\"n\":\"%s\",\"e\":\"%s\"}]}"
                .formatted(unsigned(key.getModulus()), unsigned(key.getPublicExponent()));
    }

    private static String token(String audience, PrivateKey key) throws Exception {
        long now = Instant.now().getEpochSecond();
        String claims = "{\"iss\":\"test\",\"sub\":\"alice\",\"scope\":\"kafka\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(audience, now, now + 3_600);
        String signed = base64("{\"alg\":\"RS256\",\"kid\":\"test\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64(signature.sign());
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return base64(Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String url(Path file) {
        return file.toUri().toString();
    }
}
