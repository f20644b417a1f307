package io.bywash.tools;

import org.jspecify.annotations.Nullable;

/** A tool cannot do what it was asked for. The message says why and what to do, and is all that an operator needs to see. */
public final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** What stands in the way. */
    public enum Kind {
        /** What was asked for does not exist. */
        NOT_FOUND,
        /** It would do harm, or is under way elsewhere. */
        REFUSED,
        /** The broker was not reached, or does not allow it. */
        BROKER
    }

    /**
     * Creates the exception.
     *
     * @param kind what stands in the way
     * @param message why it cannot be done, and what to do
     * @param cause what was thrown, if something was
     */
    public ToolException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * Creates the exception for something that does not exist.
     *
     * @param message what does not, and what to do
     * @return the exception
     */
    public static ToolException notFound(String message) {
        return new ToolException(Kind.NOT_FOUND, message, null);
    }

    /**
     * Creates the exception for something that would do harm.
     *
     * @param message why it would, and what to do
     * @return the exception
     */
    public static ToolException refused(String message) {
        return new ToolException(Kind.REFUSED, message, null);
    }

    /**
     * Returns what stands in the way.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }
}
