package io.bywash.simulation.workload;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.simulation.oracle.Oracle;

/** Gives every process its handler. */
@FunctionalInterface
public interface Handlers {

    /**
     * Creates the handler of a process.
     *
     * @param process the name of the process
     * @param oracle is told what the handler does
     */
    HandlerBinding<?, ?> of(String process, Oracle oracle);
}
