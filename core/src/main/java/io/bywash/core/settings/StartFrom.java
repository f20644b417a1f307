package io.bywash.core.settings;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Where a partition without a committed offset is read from. */
public sealed interface StartFrom {

    /** The first record that retention has left. */
    record Earliest() implements StartFrom {}

    /**
     * What is written after the group's first start. The time of that start is kept with the committed offsets, so partitions
     * added later are read from it on, and lose nothing.
     */
    record Latest() implements StartFrom {}

    /**
     * The first record with this timestamp or a later one; the end of the log if there is none.
     *
     * @param time the time of the first record
     */
    record At(Instant time) implements StartFrom {}

    /**
     * The first record younger than {@code age} at the group's first start.
     *
     * @param age how far to go back; not negative
     */
    record Ago(Duration age) implements StartFrom {
        /** Checks the range. */
        public Ago {
            Require.notNegative("start-from", age);
        }
    }

    /**
     * A place of its own for some partitions. An offset below the start of the log moves up to it, as after retention; one beyond the
     * end halts the partition.
     *
     * @param offsets the first offset of each of these partitions, from 0
     * @param otherwise where all other partitions are read from
     */
    record Offsets(Map<TopicPartition, Long> offsets, StartFrom otherwise) implements StartFrom {
        /** Checks the offsets. */
        public Offsets {
            offsets = Map.copyOf(offsets);
            offsets.forEach((partition, offset) ->
                    Require.within("the initial offset of " + partition, offset, 0, Long.MAX_VALUE));
        }
    }
}
