package io.bywash.benchmarks.subject;

/** One way to consume. */
public interface Subject {

    /**
     * Starts to consume a topic from its beginning in a group of its own.
     *
     * @param workload what to consume
     * @param work what to do with each record
     * @return stops it and waits for its end
     */
    Stop start(Workload workload, Work work);

    /** Ends what was started. */
    interface Stop {

        /**
         * Stops without handling what was read and has not begun, and waits for the end.
         *
         * @throws InterruptedException if the calling thread is interrupted
         */
        void stop() throws InterruptedException;
    }
}
