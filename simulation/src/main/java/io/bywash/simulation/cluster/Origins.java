package io.bywash.simulation.cluster;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;

/** Where the records of a log come from. */
enum Origins {
    /** They were written there first. */
    HERE {
        @Override
        void tell(Headers headers, int partition, long offset, long time) {}
    },
    /** They failed elsewhere and come back, which their headers tell; each from a place that no other stood at. */
    ELSEWHERE {
        @Override
        void tell(Headers headers, int partition, long offset, long time) {
            add(headers, "source-partition", partition);
            add(headers, "source-offset", PartitionLog.RETURNED + offset);
            add(headers, "source-timestamp", time - 1);
            add(headers, "redrives", 1 + offset % 3);
        }
    };

    /** Adds the headers that tell where a record comes from. */
    abstract void tell(Headers headers, int partition, long offset, long time);

    private static void add(Headers headers, String name, long value) {
        headers.add("bywash-" + name, String.valueOf(value).getBytes(StandardCharsets.UTF_8));
    }
}
