package io.bywash.simulation.oracle;

import io.bywash.simulation.schedule.VirtualClock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Knows since when nothing is in flight for a partition at a process: no call for its records, no dead letter. Notices to the handler
 * count for all partitions, since nobody tells beforehand which one they are about.
 */
final class Activity {
    private final VirtualClock clock;
    private final Map<Object, Integer> inFlight = new HashMap<>();
    private final Map<Object, Long> lastEnd = new HashMap<>();

    Activity(VirtualClock clock) {
        this.clock = clock;
    }

    void begins(Truth.Place place) {
        inFlight.merge(place, 1, Integer::sum);
    }

    void ends(Truth.Place place) {
        end(place);
    }

    void noticeBegins(String process) {
        inFlight.merge(process, 1, Integer::sum);
    }

    void noticeEnds(String process) {
        end(process);
    }

    private void end(Object what) {
        inFlight.merge(what, -1, Integer::sum);
        lastEnd.put(what, clock.now());
    }

    /** Returns for how long nothing has been in flight for any of some partitions, in nanoseconds. */
    long idle(String process, Collection<TopicPartition> partitions) {
        long idle = idle(process);
        for (TopicPartition partition : partitions) {
            idle = Math.min(idle, idle(new Truth.Place(process, partition)));
        }
        return idle;
    }

    private long idle(Object what) {
        boolean busy = inFlight.getOrDefault(what, 0) > 0;
        return busy ? 0 : clock.now() - lastEnd.getOrDefault(what, 0L);
    }
}
