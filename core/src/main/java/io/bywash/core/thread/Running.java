package io.bywash.core.thread;

import java.util.List;

/** A {@link Step} and what it runs on. All methods may be called from any thread. */
public interface Running {

    /** Begins. Called once. */
    void start();

    /** Has the step called again soon if it was idle. A signal that comes during a call counts for the time after it. */
    void signal();

    /** Interrupts the call the step is in. */
    void interrupt();

    /**
     * Tells whether the step may still be called.
     *
     * @return true before the start; false once it returned {@link Next#DONE} or threw
     */
    boolean isAlive();

    /**
     * Returns the name given at the start.
     *
     * @return the name
     */
    String name();

    /**
     * Returns where the step is, for a report to a person.
     *
     * @return the stack, innermost call first; empty if it is not being called
     */
    List<StackTraceElement> stack();
}
