package io.bywash.auth;

import java.util.Objects;
import java.util.Optional;

/**
 * SCRAM: both sides prove that they know the password, which never crosses the network.
 *
 * @param hash the hash function the broker stored the password with
 * @param username the user; not blank
 * @param password the password; not empty
 */
public record Scram(Hash hash, String username, Secret password) implements SaslSettings {
    public Scram {
        Objects.requireNonNull(hash, "hash");
        Required.text("sasl.username", username);
        Required.secret("sasl.password", password);
    }

    @Override
    public String mechanism() {
        return hash.mechanism;
    }

    @Override
    public Optional<String> principal() {
        return Optional.of(username);
    }

    /** The hash functions Kafka knows. */
    public enum Hash {
        SHA_256("SCRAM-SHA-256"),
        SHA_512("SCRAM-SHA-512");

        private final String mechanism;

        Hash(String mechanism) {
            this.mechanism = mechanism;
        }
    }
}
