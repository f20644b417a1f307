package io.bywash.chaos.trial;

import io.bywash.chaos.oracle.Verdict;
import java.io.IOException;

/** A chaos test. */
@FunctionalInterface
interface Trial {

    /**
     * Runs it once.
     *
     * @param stage where
     * @param share how much of it
     * @return what the oracle says
     * @throws IOException if a process cannot be started or its journal not be read
     */
    Verdict run(Stage stage, Share share) throws IOException;
}
