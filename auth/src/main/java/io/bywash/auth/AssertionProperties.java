package io.bywash.auth;

import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.List;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;

/** A {@link JwtAssertion}, checked, as the {@code sasl.oauthbearer.assertion.*} properties of Kafka. */
final class AssertionProperties {
    private AssertionProperties() {}

    static void add(JwtAssertion assertion, Draft draft) {
        if (assertion instanceof JwtAssertion.Prepared prepared) {
            draft.attempt("sasl.assertion.file", () -> jwtFile(prepared))
                    .ifPresent(file -> addFile(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_FILE, file, draft));
        } else {
            addSigned((JwtAssertion.Signed) assertion, draft);
        }
    }

    private static void addSigned(JwtAssertion.Signed signed, Draft draft) {
        draft.attempt("sasl.assertion.key", () -> keyFile(signed))
                .ifPresent(file -> addFile(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_FILE, file, draft));
        signed.keyPassword()
                .ifPresent(password -> draft.put(
                        SaslConfigs.SASL_OAUTHBEARER_ASSERTION_PRIVATE_KEY_PASSPHRASE,
                        new Password(password.reveal())));
        signed.template()
                .flatMap(file -> draft.attempt("sasl.assertion.template", () -> listable(Content.read(file))))
                .ifPresent(file -> addFile(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_TEMPLATE_FILE, file, draft));
        draft.put(
                SaslConfigs.SASL_OAUTHBEARER_ASSERTION_ALGORITHM,
                signed.algorithm().name());
        draft.put(
                SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_ISS,
                signed.claims().issuer());
        draft.put(
                SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_SUB,
                signed.claims().subject());
        draft.put(
                SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_AUD,
                signed.claims().audience());
        draft.put(SaslConfigs.SASL_OAUTHBEARER_ASSERTION_CLAIM_JTI_INCLUDE, "true");
    }

    private static void addFile(String property, String file, Draft draft) {
        draft.put(property, file);
        draft.reads(file);
    }

    /** The path of a file that Kafka itself reads: it must fit in the comma-separated list of those it may read. */
    private static String listable(Content content) throws UnusableException {
        if (content.origin().indexOf(',') >= 0) {
            throw new UnusableException(
                    content.origin() + " has a comma in its path, which separates the files a Kafka client "
                            + "may read; move or rename it");
        }
        return content.origin();
    }

    private static String jwtFile(JwtAssertion.Prepared prepared) throws UnusableException {
        Content content = Content.read(prepared.file());
        List<String> parts = Arrays.asList(content.text().strip().split("\\.", -1));
        if (parts.size() != 3 || parts.stream().anyMatch(part -> !isBase64Url(part))) {
            throw new UnusableException(content.origin()
                    + " holds no JWT (three Base64URL parts with dots between); have the assertion written again");
        }
        return listable(content);
    }

    private static boolean isBase64Url(String part) {
        return !part.isEmpty() && part.matches("[A-Za-z0-9_-]+");
    }

    private static String keyFile(JwtAssertion.Signed signed) throws UnusableException {
        Content content = Content.read(signed.privateKey());
        PrivateKey key = PrivateKeys.read(content, signed.keyPassword());
        if (!key.getAlgorithm().equals(signed.algorithm().keyAlgorithm())) {
            throw new UnusableException(content.origin() + " holds a key of type " + key.getAlgorithm() + ", and "
                    + signed.algorithm() + " signs with one of type "
                    + signed.algorithm().keyAlgorithm()
                    + "; change the algorithm or the key");
        }
        Pem.Block block = PrivateKeys.block(content);
        requireNothingElse(content, block);
        if (signed.keyPassword().isPresent()) {
            requireEncryptionKafkaKnows(block);
        }
        return listable(content);
    }

    /** Kafka takes every character between and around the BEGIN and END lines for Base64, line breaks excepted. */
    private static void requireNothingElse(Content content, Pem.Block block) throws UnusableException {
        String rest = content.text()
                .replace("-----BEGIN " + block.label() + "-----", "")
                .replace("-----END " + block.label() + "-----", "")
                .replaceAll("[\\r\\n]", "");
        if (!rest.equals(block.body().replaceAll("\\s", ""))) {
            throw new UnusableException(
                    content.origin() + " holds more than the key, and Kafka reads a file with nothing else; "
                            + "copy the lines from BEGIN to END into a file of their own");
        }
    }

    private static void requireEncryptionKafkaKnows(Pem.Block block) throws UnusableException {
        try {
            SecretKeyFactory.getInstance(new EncryptedPrivateKeyInfo(block.der()).getAlgName());
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new UnusableException(block.origin()
                    + " is encrypted by PBES2, which Kafka reads only on JDK 19 or later; use "
                    + "such a JDK, or encrypt it again: openssl pkcs8 -topk8 -v1 PBE-SHA1-3DES -in " + block.origin()
                    + " -out assertion.pkcs8.pem");
        }
    }
}
