package io.bywash.core.binding;

/** A key or value could not be decoded. Another attempt would fail alike, so there is none. */
public final class DecodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param what {@code key} or {@code value}
     * @param deserializer what could not decode it; only its class is named
     * @param cause what it threw
     */
    public DecodeException(String what, Object deserializer, Throwable cause) {
        super(
                "the " + what + " could not be decoded by "
                        + deserializer.getClass().getName() + ": " + cause.getMessage(),
                cause);
    }
}
