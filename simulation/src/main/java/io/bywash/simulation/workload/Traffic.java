package io.bywash.simulation.workload;

import io.bywash.simulation.cluster.PartitionLog;
import io.bywash.simulation.cluster.Topics;
import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.Stage;
import java.time.Duration;

/** Writes records in bursts, with gaps and new leaders in between, until a number is reached. */
public final class Traffic implements Actor {
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Stage stage;
    private final Topics topics;
    private final Load load;
    private final RecordSource source;
    private int left;
    private long due;

    /**
     * Creates traffic.
     *
     * @param stage when and how much
     * @param topics where to
     * @param load how many, and with what in between
     * @param source what
     */
    public Traffic(Stage stage, Topics topics, Load load, RecordSource source) {
        this.stage = stage;
        this.topics = topics;
        this.load = load;
        this.source = source;
        this.left = load.records();
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
        PartitionLog log = chance.pick(topics.logs());
        topics.create(log.partition().topic());
        if (chance.happens(0.1)) {
            log.electLeader();
            if (log.leaderEpoch() % 2 == 0) {
                // The first that a new leader writes may be the marker of a transaction.
                log.skip(1);
            }
        }
        int burst = Math.min(left, 1 + chance.below(load.burst()));
        left -= burst;
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < burst; i++) {
            written.append(' ').append(source.write(log, chance, stage.clock().instant()));
            if (chance.happens(load.gaps())) {
                log.skip(1 + chance.below(3));
            }
        }
        stage.trace().note(log.partition().toString(), "written" + written);
        due = stage.clock().now() + chance.between(Duration.ZERO, PAUSE);
    }
}
