package io.bywash.runtime.config;

import java.io.Serializable;

/**
 * One thing that is wrong with the configuration.
 *
 * @param path the setting, such as {@code bywash.defaults.drain-timeout}
 * @param where the file and line it was read from; empty if it was not read from anywhere
 * @param reason its value, why that cannot work and what would; a clause whose subject is the setting. Never contains a secret
 */
public record Problem(String path, String where, String reason) implements Serializable {
    @Override
    public String toString() {
        return (where.isEmpty() ? "" : where + ": ") + path + ": " + reason;
    }
}
