package io.bywash.simulation;

import io.bywash.core.settings.Ordering;
import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The processes of the group, two or three: starts them, and while the weather is bad, sees to it that they have no peace. */
final class Fleet implements Actor {
    private static final Duration NEXT_TURN = Duration.ofMillis(500);
    /** Longer than a member may go without a poll. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private final World world;
    private final Operator operator;
    private final List<Berth> berths;
    private final List<SimProcess> launched = new ArrayList<>();
    private Stance stance = Stance.STORM;
    private long due;

    private enum Stance {
        STORM,
        CALM,
        CLOSING
    }

    Fleet(World world, Operator operator) {
        this.world = world;
        this.operator = operator;
        this.berths = Stream.of("a", "b", "c")
                .limit(world.scenario().group().places())
                .map(Berth::new)
                .toList();
    }

    /** A place for one process at a time, but for rivals; the next one has another name. */
    private final class Berth {
        private final String name;
        private int launched;
        private final List<SimProcess> crew = new ArrayList<>();
        private Optional<SimProcess> process = Optional.empty();

        Berth(String name) {
            this.name = name;
        }

        boolean isFree() {
            return process.map(SimProcess::isOver).orElse(true);
        }

        boolean isRunning() {
            return process.filter(SimProcess::isRunning).isPresent();
        }

        void launch() {
            launched++;
            Scenario scenario = world.scenario();
            Ordering ordering = launched == 1 ? scenario.terms().ordering() : scenario.laterOrdering();
            Optional<String> instance = scenario.group().staticMembers() ? Optional.of(name) : Optional.empty();
            SimProcess fresh = new SimProcess(name + launched, instance, world, ordering, operator);
            crew.removeIf(SimProcess::isOver);
            crew.forEach(before -> before.meetsSuccessor(fresh));
            crew.add(fresh);
            process = Optional.of(fresh);
            Fleet.this.launched.add(fresh);
            fresh.start();
        }
    }

    @Override
    public String name() {
        return "fleet";
    }

    @Override
    public long due() {
        return due;
    }

    @Override
    public void step() {
        Chance chance = world.stage().chance();
        Berth berth = chance.pick(berths);
        if (stance != Stance.CLOSING && berth.isFree()) {
            berth.launch();
        } else if (stance == Stance.STORM) {
            storm(chance, berth);
        }
        Duration turn = stance == Stance.STORM ? world.scenario().weather().turn() : NEXT_TURN;
        due = world.stage().clock().now() + chance.between(Duration.ZERO, turn);
    }

    private void storm(Chance chance, Berth berth) {
        Scenario.Weather weather = world.scenario().weather();
        if (chance.happens(weather.expiries())) {
            world.cluster().expireOne();
        }
        if (chance.happens(weather.rebalances())) {
            world.cluster().rebalance();
        }
        if (chance.happens(weather.retention())) {
            world.cluster().retain();
        }
        if (chance.happens(weather.crashes())) {
            berth.process.filter(process -> !process.isOver()).ifPresent(SimProcess::crash);
        }
        if (chance.happens(weather.stops())) {
            berth.process.filter(SimProcess::isRunning).ifPresent(process -> process.stop(patience(chance)));
        }
        if (world.scenario().group().fences() && chance.happens(weather.rivals())) {
            berth.process.filter(SimProcess::isRunning).ifPresent(process -> berth.launch());
        }
    }

    /** Draws how long a stop may take: less or more than a rebalance may. */
    private Duration patience(Chance chance) {
        Duration drain = world.scenario().terms().timing().drainTimeout();
        return chance.pick(List.of(drain.dividedBy(4), drain, drain.multipliedBy(2), LONG));
    }

    void calmDown() {
        stance = Stance.CALM;
        due = 0;
    }

    void close() {
        stance = Stance.CLOSING;
        launched.stream()
                .filter(process -> !process.isOver())
                .forEach(process ->
                        process.stop(world.scenario().terms().timing().drainTimeout()));
    }

    /** Tells whether all places have a process that runs, and nobody runs beside them. */
    boolean isRunning() {
        return berths.stream().allMatch(Berth::isRunning) && launched.stream().noneMatch(SimProcess::isSucceeded);
    }

    boolean isClosed() {
        return launched.stream().allMatch(SimProcess::isOver);
    }

    /** Tells whether nothing goes on any more of the processes that are over. */
    boolean isAtRest() {
        return launched.stream().allMatch(process -> process.leftOvers().isEmpty());
    }

    /** Takes note that nothing is to go on any more. */
    void rest() {
        launched.forEach(SimProcess::rest);
    }

    void look() {
        launched.forEach(SimProcess::look);
    }
}
