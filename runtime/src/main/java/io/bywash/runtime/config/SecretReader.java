package io.bywash.runtime.config;

import io.bywash.auth.InvalidAuthException;
import io.bywash.auth.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Reads passwords, which stand in the configuration itself or in a file that {@code <key>-file} names. */
public final class SecretReader {
    private static final String IN_FILE = "-file";

    private SecretReader() {}

    /**
     * Reads a password. What is wrong is reported to the section.
     *
     * @param section where it stands
     * @param key its key; the file is named by the same with {@code -file}
     * @return the password, or nothing if it is not given or not readable
     */
    public static Optional<Secret> read(Section section, String key) {
        Optional<Secret> value = section.read(key, Form.TEXT).map(Secret::of);
        Optional<Path> file = section.read(key + IN_FILE, Form.PATH);
        if (value.isPresent() && file.isPresent()) {
            section.reject(key + IN_FILE, "stands beside " + key + "; keep one of them");
            return Optional.empty();
        }
        return value.or(() -> file.flatMap(path -> inFile(section, key, path)));
    }

    private static Optional<Secret> inFile(Section section, String key, Path path) {
        try {
            return Optional.of(Secret.read(path));
        } catch (InvalidAuthException e) {
            section.reject(key + IN_FILE, e.problems().get(0).message());
            return Optional.empty();
        }
    }

    /**
     * Reports a password that is missing altogether; one that could not be read has been reported already.
     *
     * @param section where it should stand
     * @param key its key
     * @param value what was read
     * @param by who needs it, for the message
     * @return the value
     */
    public static Optional<Secret> required(Section section, String key, Optional<Secret> value, String by) {
        if (value.isEmpty() && !section.has(key) && !section.has(key + IN_FILE)) {
            section.reject(key, "is missing; " + by + " needs it, here or in a file that " + key + IN_FILE + " names");
        }
        return value;
    }
}
