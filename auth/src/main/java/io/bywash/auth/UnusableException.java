package io.bywash.auth;

import java.util.Objects;

/** Says why one file or value cannot be used, and the remedy. Has no cause: a cause might quote a secret. */
final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String message) {
        super(message);
    }

    /** Never null: whoever catches it tells the user. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
