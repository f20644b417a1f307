package io.bywash.simulation.workload;

import io.bywash.simulation.oracle.Notice;
import io.bywash.simulation.oracle.Oracle;
import org.apache.kafka.common.TopicPartition;

/** How the handlers of one process hear of their partitions. */
record Notices(String process, Script script, Oracle oracle) {

    void hear(TopicPartition partition, Notice notice) throws Exception {
        oracle.told(process, partition, notice);
        script.hear();
    }
}
