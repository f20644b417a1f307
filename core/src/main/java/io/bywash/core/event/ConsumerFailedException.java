package io.bywash.core.event;

import org.jspecify.annotations.Nullable;

/** Why a consumer stopped by itself. The message says what happened, with which value, where, and what to do. */
public final class ConsumerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What kind of failure it is. */
    public enum Kind {
        /** Something it was told cannot work: a topic that does not exist, an assignor the group does not use. */
        CONFIGURATION,
        /** The broker refused the credentials or the access. */
        REFUSED,
        /** Another member took the place of this one. */
        FENCED,
        /** A handler threw an {@link Error}, or did not open. */
        HANDLER,
        /** The engine or a client failed in a way that nobody foresaw. */
        SOFTWARE
    }

    /**
     * Creates the exception.
     *
     * @param kind what kind of failure it is
     * @param message what happened and what to do
     * @param cause the failure underneath, if there is one
     */
    public ConsumerFailedException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * Returns the kind.
     *
     * @return what kind of failure it is
     */
    public Kind kind() {
        return kind;
    }
}
