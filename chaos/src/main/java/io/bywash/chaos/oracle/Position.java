package io.bywash.chaos.oracle;

/**
 * A place in the topic of a run.
 *
 * @param partition the number of the partition
 * @param offset the offset
 */
public record Position(int partition, long offset) {
    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
