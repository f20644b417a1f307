package io.bywash.simulation.cluster;

import io.bywash.core.thread.CallRunner;
import io.bywash.core.thread.Running;
import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Stage;
import java.time.Duration;

/** Has calls last for a while. */
record SlowCalls(Stage stage) implements CallRunner {
    private static final Duration LONGEST = Duration.ofMillis(200);

    @Override
    public boolean begin(Runnable call, Running caller) {
        long due = stage.clock().now() + stage.chance().between(Duration.ZERO, LONGEST);
        stage.scheduler().add(new Actor() {
            @Override
            public String name() {
                return caller.name() + " call";
            }

            @Override
            public long due() {
                return due;
            }

            @Override
            public void step() {
                stage.scheduler().remove(this);
                call.run();
                caller.signal();
            }
        });
        return false;
    }
}
