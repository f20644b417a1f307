package io.bywash.core.thread;

/** A piece of work that knows no thread. Whoever runs it calls {@link #step()} again and again, never twice at once. */
@FunctionalInterface
public interface Step {

    /**
     * Does what can be done now.
     *
     * @return when to call again
     */
    Next step();
}
