package io.bywash.runtime.config;

import java.io.Serializable;
import java.util.Comparator;

/**
 * One thing that is wrong with the configuration.
 *
 * @param path the setting, such as {@code bywash.defaults.drain-timeout}
 * @param where the file and line it was read from; empty if it was not read from anywhere
 * @param reason its value, why that cannot work and what would; a clause whose subject is the setting. Never contains a secret
 */
public record Problem(String path, String where, String reason) implements Serializable {
    /** By file and line; what has no line comes first in its file. */
    static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.where().replaceFirst(":\\d+$", ""))
            .thenComparingInt(Problem::line);

    private int line() {
        String digits = where.replaceFirst(".*:(\\d{1,9})$", "$1");
        return digits.equals(where) ? 0 : Integer.parseInt(digits);
    }

    @Override
    public String toString() {
        return (where.isEmpty() ? "" : where + ": ") + path + ": " + reason;
    }
}
