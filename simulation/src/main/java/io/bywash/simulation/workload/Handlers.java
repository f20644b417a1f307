package io.bywash.simulation.workload;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.simulation.oracle.Oracle;

/** Gives every process its handlers. */
@FunctionalInterface
public interface Handlers {

    /**
     * Creates the handler of a process for one topic.
     *
     * @param process the name of the process
     * @param topic the topic
     * @param oracle is told what the handler does
     */
    HandlerBinding<?, ?> of(String process, String topic, Oracle oracle);
}
