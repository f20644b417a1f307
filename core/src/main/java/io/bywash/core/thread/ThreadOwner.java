package io.bywash.core.thread;

import org.jspecify.annotations.Nullable;

/** Checks at run time that what belongs to one thread is touched by that thread alone. */
public final class ThreadOwner {
    private final String what;
    private final StepRunner runner;
    private volatile @Nullable Object owner;

    /**
     * Creates a check that nobody owns yet.
     *
     * @param what the thing that is confined, for the message
     * @param runner who knows the current thread
     */
    public ThreadOwner(String what, StepRunner runner) {
        this.what = what;
        this.runner = runner;
    }

    /** Makes the current thread the owner, in place of any other. */
    public void claim() {
        owner = runner.current();
    }

    /**
     * Checks that the current thread is the owner; the first one to ask becomes it.
     *
     * @throws IllegalStateException if another thread is, naming both
     */
    public void check() {
        Object current = runner.current();
        if (owner == null) {
            owner = current;
        }
        if (!current.equals(owner)) {
            throw new IllegalStateException(
                    what + " belongs to " + owner + ", but was touched by " + current + "; hand the work over instead");
        }
    }
}
