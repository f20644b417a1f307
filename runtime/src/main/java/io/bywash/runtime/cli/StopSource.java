package io.bywash.runtime.cli;

/** Where requests to stop come from. */
@FunctionalInterface
public interface StopSource {

    /**
     * Begins to listen. A command that ends by itself does not call it, so that signals end it at once.
     *
     * @return what is set when the process is to stop; closed by the caller once it has stopped its work
     */
    StopRequest listen();
}
