package io.bywash.simulation;

import io.bywash.core.event.RecordPosition;
import io.bywash.simulation.schedule.Actor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Decides about halted records, after a while; again if there was no effect, and now and then although there was. */
final class Operator implements Actor {
    private static final Duration REACTION = Duration.ofSeconds(1);

    private final World world;
    private final Deque<Alarm> alarms = new ArrayDeque<>();
    private long due;

    private record Alarm(SimProcess process, RecordPosition at) {}

    Operator(World world) {
        this.world = world;
    }

    void halted(SimProcess process, RecordPosition at) {
        alarms.add(new Alarm(process, at));
        due = Math.max(due, world.stage().clock().now() + world.stage().chance().between(Duration.ZERO, REACTION));
    }

    @Override
    public String name() {
        return "operator";
    }

    @Override
    public long due() {
        return alarms.isEmpty() ? NEVER : due;
    }

    @Override
    public void step() {
        Alarm alarm = alarms.removeFirst();
        SimProcess process = alarm.process();
        if (world.oracle().isHalted(process.name(), alarm.at())) {
            alarms.addLast(alarm);
        } else if (process.isOver() || world.stage().chance().happens(0.8)) {
            return;
        }
        if (world.stage().chance().happens(0.6)) {
            world.stage().trace().note(process.name(), "skip " + alarm.at());
            if (process.consumer().skipHalted(alarm.at())) {
                world.oracle().skipOrdered(process.name(), alarm.at());
            }
        } else {
            world.stage().trace().note(process.name(), "retry " + alarm.at());
            if (process.consumer().retryHalted(alarm.at())) {
                world.oracle().retryOrdered(process.name(), alarm.at());
            }
        }
        due = world.stage().clock().now() + world.stage().chance().between(Duration.ZERO, REACTION);
    }
}
