package io.bywash.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;

/**
 * A password, key or token that never prints. Only {@link #reveal()} gives the value away. Immutable.
 */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The secret with this value; an empty one is allowed here and refused where a password is needed. */
    public static Secret of(String value) {
        return new Secret(value);
    }

    /**
     * Reads the secret from a UTF-8 file, such as one mounted by an orchestrator. One line break at the end is not part
     * of the secret.
     *
     * @throws InvalidAuthException if the file is missing, a directory, unreadable or larger than any secret
     */
    public static Secret read(Path file) {
        try {
            return new Secret(Content.read(file).text().replaceFirst("\\r?\\n\\z", ""));
        } catch (UnusableException e) {
            throw new InvalidAuthException("secret", e.getMessage());
        }
    }

    /** The value in clear. */
    public String reveal() {
        return value;
    }

    boolean isEmpty() {
        return value.isEmpty();
    }

    /** Words to follow "the password does not open …", for the cause nobody suspects; empty where it is ruled out. */
    String hint() {
        return value.chars().allMatch(c -> c < 128)
                ? ""
                : " (it is not all ASCII, which the JVM may not take for this cipher)";
    }

    /** Compares in a time that depends on the lengths only. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(value.getBytes(UTF_8), secret.value.getBytes(UTF_8));
    }

    /** The same for all secrets: a hash of the value would tell something about it. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    /** Three stars, whatever the value. */
    @Override
    public String toString() {
        return "***";
    }
}
