package io.bywash.chaos.load;

import io.bywash.chaos.worker.Task;

/**
 * A record that the brokers have acknowledged.
 *
 * @param partition the number of its partition
 * @param offset its offset
 * @param key its key
 * @param task what it asks for
 * @param micros when, in microseconds since 1970
 */
public record Produced(int partition, long offset, String key, Task task, long micros) {}
