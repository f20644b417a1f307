package io.bywash.simulation;

import io.bywash.core.settings.Ordering;
import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Chance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The two processes of the group: starts them, and while the weather is bad, sees to it that they have no peace. */
final class Fleet implements Actor {
    private static final Duration NEXT_TURN = Duration.ofMillis(500);
    /** Longer than a member may go without a poll. */
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final Duration SESSION = Duration.ofSeconds(6);

    private final World world;
    private final Operator operator;
    private final List<Berth> berths = List.of(new Berth("a"), new Berth("b"));
    private final List<Grave> graves = new ArrayList<>();
    private final List<SimProcess> launched = new ArrayList<>();
    private Stance stance = Stance.STORM;
    private long due;

    /** A client that is no more, and when its group will have noticed. */
    private record Grave(String client, long due) {}

    private enum Stance {
        STORM,
        CALM,
        CLOSING
    }

    Fleet(World world, Operator operator) {
        this.world = world;
        this.operator = operator;
    }

    /** A place for one process at a time; the next one has another name. */
    private final class Berth {
        private final String name;
        private int launched;
        private Optional<SimProcess> process = Optional.empty();

        Berth(String name) {
            this.name = name;
        }

        boolean isFree() {
            return process.map(SimProcess::isOver).orElse(true);
        }

        void launch() {
            launched++;
            Scenario scenario = world.scenario();
            Ordering ordering = launched == 1 ? scenario.terms().ordering() : scenario.laterOrdering();
            SimProcess fresh = new SimProcess(name + launched, world, ordering, operator);
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
        bury();
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
            berth.process.filter(process -> !process.isOver()).ifPresent(this::crash);
        }
        if (chance.happens(weather.stops())) {
            berth.process.filter(SimProcess::isRunning).ifPresent(process -> process.stop(patience(chance)));
        }
    }

    private void crash(SimProcess process) {
        process.crash();
        long session = world.stage().chance().between(SESSION.dividedBy(2), SESSION);
        graves.add(new Grave(process.name(), world.stage().clock().now() + session));
    }

    private void bury() {
        for (Grave grave : List.copyOf(graves)) {
            if (grave.due() <= world.stage().clock().now()) {
                graves.remove(grave);
                world.cluster().expire(grave.client());
            }
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
        processes().stream()
                .filter(process -> !process.isOver())
                .forEach(process ->
                        process.stop(world.scenario().terms().timing().drainTimeout()));
    }

    boolean isRunning() {
        return processes().size() == berths.size() && processes().stream().allMatch(SimProcess::isRunning);
    }

    boolean isClosed() {
        return processes().stream().allMatch(SimProcess::isOver);
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
        processes().forEach(SimProcess::look);
    }

    private List<SimProcess> processes() {
        List<SimProcess> all = new ArrayList<>();
        berths.forEach(berth -> berth.process.ifPresent(all::add));
        return all;
    }
}
