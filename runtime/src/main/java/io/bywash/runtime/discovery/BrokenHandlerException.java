package io.bywash.runtime.discovery;

/** A handler that is needed cannot be created. The message names the handler, its class, its jar and the cause. */
public final class BrokenHandlerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenHandlerException(FoundHandler handler, Throwable cause) {
        super(
                "handler " + handler.name() + " (" + handler.type().getName() + " in " + handler.place()
                        + ") cannot be created: " + Causes.text(cause)
                        + "; mend it, or remove the jar or what refers to the handler",
                cause);
    }
}
