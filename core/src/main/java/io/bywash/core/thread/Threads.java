package io.bywash.core.thread;

/** Makes the threads that steps run on. May be used from any thread. */
@FunctionalInterface
public interface Threads {

    /**
     * Makes a thread.
     *
     * @param work what it runs
     * @return the thread, not started
     */
    Thread newThread(Runnable work);

    /** Lets others go first. Called by a thread of this kind; does nothing where the operating system sees to that by itself. */
    default void letOthersGoFirst() {
        // So it is with platform threads.
    }
}
