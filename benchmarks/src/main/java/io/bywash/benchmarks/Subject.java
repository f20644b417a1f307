package io.bywash.benchmarks;

/** One way to consume. */
interface Subject {

    /** The name in the table. */
    String name();

    /**
     * Starts to consume a topic from its beginning in a group of its own.
     *
     * @param workload what to consume
     * @param counts where to count
     * @return stops it and waits for its end
     */
    Stop start(Workload workload, Counts counts);

    /** Ends what was started. */
    interface Stop {

        /**
         * Stops and waits for the end.
         *
         * @throws InterruptedException if the calling thread is interrupted
         */
        void stop() throws InterruptedException;
    }
}
