package io.bywash.core.settings;

/**
 * How much may wait between the poll thread and the handlers. Over a limit the partitions concerned are paused; below half of it
 * they are resumed. What a poll brings while a limit is reached comes on top, once.
 *
 * @param recordsPerPartition records of one partition, 1 to 10,000,000
 * @param bytes keys and values of all partitions of the consumer together, 1 KiB and up
 */
public record Buffers(int recordsPerPartition, long bytes) {

    /** 20,000 records per partition, 128 MiB per consumer. */
    public static final Buffers DEFAULT = new Buffers(20_000, 128L << 20);

    /** Checks the ranges. */
    public Buffers {
        Require.within("buffer.records-per-partition", recordsPerPartition, 1, 10_000_000);
        Require.within("buffer.bytes", bytes, 1024, Long.MAX_VALUE);
    }
}
