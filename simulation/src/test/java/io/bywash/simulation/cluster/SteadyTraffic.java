package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Actor;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** Writes one record after the other while somebody reads them. */
record SteadyTraffic(Bench bench, TopicPartition partition, Duration pause) implements Actor {
    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public long due() {
        return bench.topics.log(partition).end() * pause.toNanos();
    }

    @Override
    public void step() {
        bench.write(partition, 1);
    }
}
