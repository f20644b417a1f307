package io.bywash.core.thread;

/** Gives steps something to run on. */
public interface StepRunner {

    /**
     * Prepares to run a step; {@link Running#start()} begins.
     *
     * @param name what to call it, in thread names and reports
     * @param step the work
     * @return the way to reach it
     */
    Running prepare(String name, Step step);

    /**
     * Returns who is running now: the thread, or what stands for it. {@link ThreadOwner} compares by identity and prints it.
     *
     * @return never null
     */
    Object current();
}
