package io.bywash.core.settings;

/**
 * How much may be committed beside the offsets: what is complete beyond them, so that it need not be handled again. What does not fit
 * is left out.
 *
 * @param perPartition bytes of the text of one partition, 0 to 1 MiB; no more than the broker's {@code offset.metadata.max.bytes}.
 *     With less than 512 or so little is told, with 0 nothing
 * @param perRequest bytes of the texts of all partitions in one request, 512 to 64 MiB
 */
public record MetadataLimits(long perPartition, long perRequest) {

    /**
     * 4,096 bytes per partition, which is the default of {@code offset.metadata.max.bytes}; 512 KiB per request, as a broker
     * refuses one of about 1 MiB.
     */
    public static final MetadataLimits DEFAULT = new MetadataLimits(4096, 512 << 10);

    /** Checks the ranges. */
    public MetadataLimits {
        Require.within("commit-metadata.per-partition", perPartition, 0, 1 << 20);
        Require.within("commit-metadata.per-request", perRequest, 512, 64 << 20);
    }
}
