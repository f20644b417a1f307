package io.bywash.simulation.workload;

import io.bywash.simulation.cluster.PartitionLog;
import io.bywash.simulation.cluster.Topic;
import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Writes records in bursts, with gaps and new leaders in between, until a number is reached. */
public final class Traffic implements Actor {
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int BURST = 8;
    private static final int KEYS = 5;
    private static final int MOST_PADDING = 100;

    private final Stage stage;
    private final Topic topic;
    private final List<Nature> natures;
    private final double gaps;
    private int left;
    private long due;

    /**
     * Creates traffic.
     *
     * @param stage when and how much
     * @param topic where to
     * @param natures what records may be, as often as each stands there
     * @param gaps how often nothing to read follows a record, from 0 to 1
     * @param records how many to write
     */
    public Traffic(Stage stage, Topic topic, List<Nature> natures, double gaps, int records) {
        this.stage = stage;
        this.topic = topic;
        this.natures = natures;
        this.gaps = gaps;
        this.left = records;
    }

    /** Tells whether all records are written. */
    public boolean isOver() {
        return left == 0;
    }

    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public long due() {
        return isOver() ? NEVER : due;
    }

    @Override
    public void step() {
        Chance chance = stage.chance();
        PartitionLog log = chance.pick(topic.logs());
        if (chance.happens(0.1)) {
            log.electLeader();
        }
        int burst = Math.min(left, 1 + chance.below(BURST));
        left -= burst;
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < burst; i++) {
            Nature nature = chance.pick(natures);
            byte[] key = ("key-" + chance.below(KEYS)).getBytes(StandardCharsets.UTF_8);
            long offset = log.append(
                    key, nature.value(chance.below(MOST_PADDING)), stage.clock().instant());
            written.append(' ').append(offset).append(' ').append(nature);
            if (chance.happens(gaps)) {
                log.skip(1 + chance.below(3));
            }
        }
        stage.trace().note(log.partition().toString(), "written" + written);
        due = stage.clock().now() + chance.between(Duration.ZERO, PAUSE);
    }
}
