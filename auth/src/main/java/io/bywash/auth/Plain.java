package io.bywash.auth;

import java.util.Optional;

/**
 * PLAIN: the password itself goes to the broker, so TLS is required unless {@link CleartextCredentials#ALLOWED}.
 *
 * @param username the user; not blank, without NUL, which separates the fields of a PLAIN message
 * @param password the password; not empty, without NUL
 */
public record Plain(String username, Secret password) implements SaslSettings {
    public Plain {
        Required.text("sasl.username", username);
        Required.secret("sasl.password", password);
        refuseNul("sasl.username", username);
        refuseNul("sasl.password", password.reveal());
    }

    @Override
    public String mechanism() {
        return "PLAIN";
    }

    @Override
    public Optional<String> principal() {
        return Optional.of(username);
    }

    private static void refuseNul(String setting, String value) {
        if (value.indexOf('\0') >= 0) {
            throw new InvalidAuthException(
                    setting, "contains a NUL character, which PLAIN cannot carry; use SCRAM, or another value");
        }
    }
}
