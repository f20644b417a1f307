package io.bywash.simulation;

import io.bywash.simulation.schedule.Actor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.TopicPartition;

/** Decides about halted partitions, after a while; now and then twice, as people do who see no effect yet. */
final class Operator implements Actor {
    private static final Duration REACTION = Duration.ofSeconds(1);

    private final World world;
    private final Deque<Alarm> alarms = new ArrayDeque<>();
    private long due;

    private record Alarm(SimProcess process, TopicPartition partition) {}

    Operator(World world) {
        this.world = world;
    }

    void halted(SimProcess process, TopicPartition partition) {
        alarms.add(new Alarm(process, partition));
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
        Alarm alarm = world.stage().chance().happens(0.2) ? alarms.getFirst() : alarms.removeFirst();
        SimProcess process = alarm.process();
        if (process.isOver()) {
            alarms.remove(alarm);
        } else if (world.stage().chance().happens(0.6)) {
            world.stage().trace().note(process.name(), "skip " + alarm.partition());
            world.oracle().skipOrdered(process.name(), alarm.partition());
            process.consumer().skipHalted(alarm.partition());
        } else {
            world.stage().trace().note(process.name(), "retry " + alarm.partition());
            world.oracle().retryOrdered(process.name(), alarm.partition());
            process.consumer().retryHalted(alarm.partition());
        }
        due = world.stage().clock().now() + world.stage().chance().between(Duration.ZERO, REACTION);
    }
}
