package io.bywash.core.thread;

/** Gives steps something to run on. */
public interface StepRunner {

    /**
     * Begins to run a step.
     *
     * @param name what to call it, in thread names and reports
     * @param step the work
     * @return the way to reach it
     */
    Running start(String name, Step step);

    /**
     * Returns who is running now: the thread, or what stands for it. {@link ThreadOwner} compares by identity and prints it.
     *
     * @return never null
     */
    Object current();
}
