package io.bywash.core.settings;

import java.time.Duration;

/**
 * How many records a {@link io.bywash.handler.BatchTopicHandler} is given at once.
 *
 * @param maxRecords at most so many, 1 to 1,000,000
 * @param maxBytes no further one once their keys and values have so many bytes, 1 and up; each counts with the average of the poll it came with
 * @param maxWait how long the first may wait for others, 0 and up
 */
public record Batching(int maxRecords, long maxBytes, Duration maxWait) {

    /** 500 records, which is one poll of Kafka's default, or 1 MiB; the first waits for at most 100 ms. */
    public static final Batching DEFAULT = new Batching(500, 1 << 20, Duration.ofMillis(100));

    /** Checks the ranges. */
    public Batching {
        Require.within("batch.max-records", maxRecords, 1, 1_000_000);
        Require.within("batch.max-bytes", maxBytes, 1, Long.MAX_VALUE);
        Require.notNegative("batch.max-wait", maxWait);
    }
}
