package io.bywash.benchmarks.run;

import io.bywash.benchmarks.subject.Workload;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the process of a subject is to do.
 *
 * @param workload what to consume
 * @param partitions how many partitions the topic has
 * @param records how many records it has or will have
 * @param task what to do with each
 * @param limit how long after the first record the run is stopped, done or not
 */
public record RunOrder(Workload workload, int partitions, int records, Task task, Duration limit)
        implements Serializable {}
