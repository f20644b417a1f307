package io.bywash.chaos.oracle;

import java.util.Optional;

/**
 * The log of a partition was replaced, from a place on, by another.
 *
 * @param partition the number of the partition
 * @param offset the first offset at which another record is now, or none yet
 * @param gone when the old records were gone, in microseconds since 1970; nothing was acknowledged just then
 * @param anew since when the group begins with the new ones, in microseconds since 1970
 * @param topic what commits tell of the topic if it was made anew, {@link SideText#topic(String, org.apache.kafka.common.Uuid)}; nothing
 *     if it is the same topic
 */
public record Cut(int partition, long offset, long gone, long anew, Optional<String> topic) {}
