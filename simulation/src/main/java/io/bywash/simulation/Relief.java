package io.bywash.simulation;

import io.bywash.simulation.cluster.Faults;
import io.bywash.simulation.workload.Load;
import io.bywash.simulation.workload.Nature;
import io.bywash.simulation.workload.Troubles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Something that a run can do without, to see whether it still breaks what it broke.
 *
 * @param name what it is called on the command line: a rate of {@link Faults}, {@link Troubles} or {@link Scenario.Weather} that becomes
 *     zero, or one of {@code natures} (all records are good), {@code gaps}, {@code half} and {@code quarter} (of the records), and {@code third}
 *     (the third member)
 * @param change takes it away
 */
record Relief(String name, UnaryOperator<Scenario> change) {
    private static final List<Relief> ALL = Stream.of(
                    ofRates(Scenario.Weather.class, Scenario::weather, Scenario::with),
                    ofRates(Faults.class, Scenario::faults, Scenario::with),
                    ofRates(Troubles.class, Scenario::troubles, Scenario::with),
                    ofLoad(),
                    List.of(new Relief(
                            "third", scenario -> scenario.with(scenario.group().withFewest()))))
            .flatMap(List::stream)
            .toList();

    private static <R extends Record> List<Relief> ofRates(
            Class<R> type, Function<Scenario, R> rates, BiFunction<Scenario, R, Scenario> with) {
        List<Relief> reliefs = new ArrayList<>();
        for (String rate : Rates.names(type)) {
            reliefs.add(new Relief(rate, scenario -> with.apply(scenario, Rates.without(rates.apply(scenario), rate))));
        }
        return reliefs;
    }

    private static List<Relief> ofLoad() {
        return List.of(
                new Relief("natures", scenario -> scenario.with(load(scenario, 1, List.of(Nature.GOOD)))),
                new Relief("gaps", scenario -> scenario.with(Rates.without(scenario.load(), "gaps"))),
                new Relief(
                        "half",
                        scenario ->
                                scenario.with(load(scenario, 2, scenario.load().natures()))),
                new Relief(
                        "quarter",
                        scenario ->
                                scenario.with(load(scenario, 4, scenario.load().natures()))));
    }

    private static Load load(Scenario scenario, int part, List<Nature> natures) {
        Load load = scenario.load();
        return new Load(Math.max(1, load.records() / part), load.burst(), natures, load.gaps(), load.keys());
    }

    /** Tells whether there is anything in a scenario that it takes away. */
    boolean matters(Scenario scenario) {
        return !change.apply(scenario).equals(scenario);
    }

    /** Returns all there are. */
    static List<Relief> all() {
        return ALL;
    }

    /** Returns those with certain names. */
    static List<Relief> named(List<String> names) {
        return names.stream().map(Relief::named).toList();
    }

    private static Relief named(String name) {
        return ALL.stream()
                .filter(relief -> relief.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a run cannot do without " + name + "; it can without "
                        + ALL.stream().map(Relief::name).toList()));
    }
}
