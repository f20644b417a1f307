package io.bywash.benchmarks.scenario;

import io.bywash.benchmarks.load.Topics;
import io.bywash.benchmarks.report.Spread;
import io.bywash.benchmarks.run.Figures;
import io.bywash.benchmarks.subject.Contestant;
import io.bywash.benchmarks.subject.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The figures of all rounds of a scenario. */
public final class Results {
    private final Scenario scenario;
    private final Map<Contestant, TreeMap<Integer, Figures>> byRound = new LinkedHashMap<>();
    private final Set<Contestant> failed = new HashSet<>();
    private Topics.Spread spread = new Topics.Spread(1, 1);

    Results(Scenario scenario) {
        this.scenario = scenario;
        scenario.contestants().forEach(contestant -> byRound.put(contestant, new TreeMap<>()));
    }

    void spread(Topics.Spread measured) {
        spread = measured;
    }

    void add(int round, Contestant contestant, Figures figures) {
        rounds(contestant).put(round, figures);
    }

    void failed(Contestant contestant) {
        failed.add(contestant);
    }

    boolean hasFailed(Contestant contestant) {
        return failed.contains(contestant);
    }

    Scenario scenario() {
        return scenario;
    }

    /** Returns who has figures, in the order of the scenario. */
    List<Contestant> finishers() {
        return byRound.keySet().stream()
                .filter(contestant -> !rounds(contestant).isEmpty())
                .toList();
    }

    /** Returns who has no figures, because his process failed. */
    List<Contestant> absent() {
        return byRound.keySet().stream()
                .filter(contestant -> rounds(contestant).isEmpty())
                .toList();
    }

    private Map<Integer, Figures> rounds(Contestant contestant) {
        return Objects.requireNonNull(byRound.get(contestant));
    }

    Spread of(Contestant contestant, ToDoubleFunction<Figures> figure) {
        return Spread.of(
                rounds(contestant).values().stream().mapToDouble(figure).toArray());
    }

    /** Returns how a figure compares with the yardstick's of the same round; nothing without a common round. */
    Optional<Spread> ratio(Contestant contestant, ToDoubleFunction<Figures> figure) {
        Map<Integer, Figures> yardstick = rounds(scenario.yardstick());
        double[] ratios = rounds(contestant).entrySet().stream()
                .filter(round -> yardstick.containsKey(round.getKey()))
                .mapToDouble(round ->
                        figure.applyAsDouble(round.getValue()) / figure.applyAsDouble(yardstick.get(round.getKey())))
                .filter(Double::isFinite)
                .toArray();
        return ratios.length == 0 ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    /**
     * Returns which part of the throughput was reached that the time of the handler allows: as many calls at once as there may be and
     * as the largest partition or key lets go on.
     */
    double shareOfBound(Contestant contestant) {
        double atOnce =
                Math.min(contestant.concurrency(), (double) scenario.content().records() / largestGroup(contestant));
        return of(contestant, figures -> figures.perSecond() * figures.busySeconds() / atOnce)
                .median();
    }

    private long largestGroup(Contestant contestant) {
        return switch (contestant.way().order()) {
            case PARTITION -> spread.largestPartition();
            case KEY -> spread.largestKey();
            case NONE -> 1;
        };
    }

    /** Returns what was not as it should be in any round. */
    List<String> remarks(Contestant contestant) {
        List<String> remarks = new ArrayList<>();
        long capped =
                rounds(contestant).values().stream().filter(Figures::capped).count();
        if (capped > 0) {
            remarks.add("stopped at the limit in " + capped + " of "
                    + rounds(contestant).size() + " rounds");
        }
        long again = (long) of(contestant, Figures::handled).max()
                - scenario.content().records();
        if (again > 0) {
            remarks.add(again + " records handled twice");
        }
        long inexact = rounds(contestant).values().stream()
                .filter(figures -> !figures.onceEach())
                .count();
        if (inexact > 0) {
            remarks.add("not every record once in " + inexact + " rounds");
        }
        long breaks = (long) of(contestant, Figures::orderBreaks).max();
        if (breaks > 0 && contestant.way().order() != Order.NONE) {
            remarks.add(breaks + " records out of the order of their key");
        }
        return remarks;
    }
}
