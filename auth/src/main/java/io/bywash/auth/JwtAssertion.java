package io.bywash.auth;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** A JWT that vouches for the client at a token endpoint. Kafka reads its files again when they change. */
public sealed interface JwtAssertion {

    /** The {@code iss} claim, where these settings know it. */
    Optional<String> issuer();

    /**
     * A JWT that somebody else signs and keeps fresh in a file.
     *
     * @param file holds the JWT in its three-part text form
     */
    record Prepared(Path file) implements JwtAssertion {
        public Prepared {
            Objects.requireNonNull(file, "file");
        }

        @Override
        public Optional<String> issuer() {
            return Optional.empty();
        }
    }

    /**
     * A JWT that the client signs itself, a new one with its own {@code jti} for each request, valid for five minutes.
     *
     * @param algorithm how to sign
     * @param privateKey a PKCS#8 PEM file that holds the key and nothing else
     * @param keyPassword decrypts the key; present exactly if the key is encrypted
     * @param claims whom the JWT speaks of
     * @param template a JSON file {@code {"header": {…}, "payload": {…}}} with further headers, such as {@code kid}, and
     *     claims
     */
    record Signed(
            Algorithm algorithm, Path privateKey, Optional<Secret> keyPassword, Claims claims, Optional<Path> template)
            implements JwtAssertion {
        public Signed {
            Objects.requireNonNull(algorithm, "algorithm");
            Objects.requireNonNull(privateKey, "privateKey");
            keyPassword.ifPresent(password -> Required.secret("sasl.assertion.key-password", password));
            Objects.requireNonNull(claims, "claims");
            Objects.requireNonNull(template, "template");
        }

        @Override
        public Optional<String> issuer() {
            return Optional.of(claims.issuer());
        }
    }

    /** The signature algorithms Kafka can make, by their JWT names. */
    enum Algorithm {
        RS256("RSA"),
        ES256("EC");

        private final String keyAlgorithm;

        Algorithm(String keyAlgorithm) {
            this.keyAlgorithm = keyAlgorithm;
        }

        String keyAlgorithm() {
            return keyAlgorithm;
        }
    }

    /**
     * The claims every provider asks for.
     *
     * @param issuer {@code iss}, often the client id; not blank
     * @param subject {@code sub}, often the client id too; not blank
     * @param audience {@code aud}, usually the token endpoint or the provider's issuer URL; not blank
     */
    record Claims(String issuer, String subject, String audience) {
        public Claims {
            Required.text("sasl.assertion.issuer", issuer);
            Required.text("sasl.assertion.subject", subject);
            Required.text("sasl.assertion.audience", audience);
        }
    }
}
