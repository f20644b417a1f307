package io.bywash.runtime;

/** An extension as it takes part in one application. Called by the threads that start and close the application. */
public interface Companion extends AutoCloseable {

    /**
     * Says what to put round every handler. Asked once, before anything starts.
     *
     * @return a wrapper; by default none
     */
    default HandlerWrapper wrapper() {
        return HandlerWrapper.NONE;
    }

    /**
     * Begins, before the consumers are started. If it throws, that is logged and the consumers run without the extension: what looks
     * after them must not keep them from their work.
     *
     * @param bywash the application, whose consumers are made and not started
     * @throws Exception if it cannot begin, with a message that says what to do
     */
    default void start(Bywash bywash) throws Exception {}

    /** Ends, after the consumers have. Called whether it was started or not. */
    @Override
    default void close() {}
}
