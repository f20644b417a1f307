package io.bywash.core.pull;

/** Whoever reads from sources: the stream of all records, or the stream of partitions. */
@FunctionalInterface
interface Intake {

    /** Nobody yet; records wait. */
    Intake NOBODY = source -> {};

    /** Tells that a source is new, has got records, or has ended. Any thread; never blocks. */
    void changed(PartitionSource source);
}
