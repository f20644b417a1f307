package io.bywash.auth;

import java.io.Serializable;
import java.util.Objects;

/**
 * One thing that is wrong with the settings.
 *
 * @param setting which setting, as a dotted path of lower-case words such as {@code tls.key-password}
 * @param message what is wrong, with which file or value, and the remedy; never contains a secret
 */
public record AuthProblem(String setting, String message) implements Serializable {
    public AuthProblem {
        Objects.requireNonNull(setting, "setting");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return setting + ": " + message;
    }
}
