package io.bywash.core.thread;

/**
 * Makes calls into code that is not the engine's. A call begins, is pending, and finishes; production runs all three at once, a
 * simulation lets other things happen in between.
 */
@FunctionalInterface
public interface CallRunner {

    /** Runs the call on the current thread before {@link #begin} returns. */
    CallRunner INLINE = (call, caller) -> {
        call.run();
        return true;
    };

    /**
     * Begins a call. It never throws, and records its own outcome.
     *
     * @param call the call
     * @param caller the step that makes the call; it must be signalled when a call that was pending has finished
     * @return true if the call has finished, false if it is pending
     */
    boolean begin(Runnable call, Running caller);
}
