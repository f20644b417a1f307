package io.bywash.auth;

import java.util.Objects;

/** Refuses values that are absent in disguise, such as an environment variable set to nothing. */
final class Required {
    private Required() {}

    static String text(String setting, String value) {
        Objects.requireNonNull(value, setting);
        if (value.isBlank()) {
            throw new InvalidAuthException(setting, "is empty; set it, or check the variable it comes from");
        }
        return value;
    }

    static Secret secret(String setting, Secret value) {
        Objects.requireNonNull(value, setting);
        if (value.isEmpty()) {
            throw new InvalidAuthException(setting, "is empty; set it, or check the variable or file it comes from");
        }
        return value;
    }
}
