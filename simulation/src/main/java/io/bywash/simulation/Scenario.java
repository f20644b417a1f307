package io.bywash.simulation;

import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.RedriveTopic;
import io.bywash.core.settings.Timing;
import io.bywash.simulation.cluster.AssignmentProtocol;
import io.bywash.simulation.cluster.Faults;
import io.bywash.simulation.oracle.Terms;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.workload.HandlerShape;
import io.bywash.simulation.workload.Load;
import io.bywash.simulation.workload.Nature;
import io.bywash.simulation.workload.Taking;
import io.bywash.simulation.workload.Troubles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run is about, drawn before it begins.
 *
 * @param topics how many partitions each topic has
 * @param load what is written
 * @param race how many calls in a row are over at once
 * @param taking who takes the records
 * @param group how its members share the partitions
 * @param terms what the engine is told
 * @param laterOrdering the ordering of all processes that are not the first of their place
 * @param shape what kind of handler there is
 * @param batching how many records a handler of batches is given at once
 * @param buffers how much the engine may buffer
 * @param faults how the cluster lets its clients down
 * @param troubles how calls go wrong
 * @param weather what befalls the members
 */
record Scenario(
        SortedMap<String, Integer> topics,
        Load load,
        int race,
        Taking taking,
        Group group,
        Terms terms,
        Ordering laterOrdering,
        HandlerShape shape,
        Batching batching,
        Buffers buffers,
        Faults faults,
        Troubles troubles,
        Weather weather) {
    /** A little more than what it takes until the engine relies on calls being quick. */
    private static final int RACE = 1_100;

    private static final List<String> TOPICS = List.of("orders", "payments", "refunds");

    /**
     * How the members of the group share the partitions.
     *
     * @param protocol how partitions come and go
     * @param staticMembers whether each place has a {@code group.instance.id}, which all its processes have one after the other
     * @param places for how many members at a time there is place, but for rivals
     */
    record Group(AssignmentProtocol protocol, boolean staticMembers, int places) {
        private static final int FEWEST = 2;

        /** A third of the runs have static members. */
        static Group drawn(Chance chance) {
            return new Group(chance.pick(List.of(AssignmentProtocol.values())), chance.happens(0.33), FEWEST);
        }

        /** A quarter of the runs have a third member. Drawn apart, so that those that have none are as they were without this. */
        Group withMoreDrawn(Chance apart) {
            return apart.happens(0.25) ? new Group(protocol, staticMembers, FEWEST + 1) : this;
        }

        Group withFewest() {
            return new Group(protocol, staticMembers, FEWEST);
        }

        /** Tells whether a process that begins in the place of another that still runs puts an end to that. */
        boolean fences() {
            return staticMembers && protocol != AssignmentProtocol.CONSUMER;
        }
    }

    /**
     * What befalls the members while the faults last.
     *
     * @param expiries how often, at each turn, one is taken for dead
     * @param rebalances how often the group rebalances for no reason
     * @param stops how often one is stopped, to be started again later
     * @param crashes how often one is no more from one moment to the next
     * @param rivals how often one begins in the place of another that still runs, where that puts an end to the other
     * @param retention how often a log loses its beginning
     * @param turn the longest time between two turns
     * @param length how long the faults last
     */
    record Weather(
            double expiries,
            double rebalances,
            double stops,
            double crashes,
            double rivals,
            double retention,
            Duration turn,
            Duration length) {}

    Scenario with(Group other) {
        return new Scenario(
                topics,
                load,
                race,
                taking,
                other,
                terms,
                laterOrdering,
                shape,
                batching,
                buffers,
                faults,
                troubles,
                weather);
    }

    Scenario with(Load other) {
        return new Scenario(
                topics,
                other,
                race,
                taking,
                group,
                terms,
                laterOrdering,
                shape,
                batching,
                buffers,
                faults,
                troubles,
                weather);
    }

    Scenario with(Faults other) {
        return new Scenario(
                topics,
                load,
                race,
                taking,
                group,
                terms,
                laterOrdering,
                shape,
                batching,
                buffers,
                other,
                troubles,
                weather);
    }

    Scenario with(Troubles other) {
        return new Scenario(
                topics,
                load,
                race,
                taking,
                group,
                terms,
                laterOrdering,
                shape,
                batching,
                buffers,
                faults,
                other,
                weather);
    }

    Scenario with(Weather other) {
        return new Scenario(
                topics,
                load,
                race,
                taking,
                group,
                terms,
                laterOrdering,
                shape,
                batching,
                buffers,
                faults,
                troubles,
                other);
    }

    static Scenario drawn(Chance chance) {
        Severity severity = new Severity(chance);
        Duration drain = Duration.ofMillis(500 + 500L * chance.below(8));
        Duration slowest = drain.multipliedBy(chance.pick(List.of(2, 2, 2, 10)));
        Taking taking = taking(chance);
        boolean handling = taking == Taking.HANDLERS;
        Ordering ordering = handling ? ordering(chance) : Ordering.PARTITION;
        boolean race = !ordering.equals(Ordering.PARTITION) && chance.happens(0.06);
        return new Scenario(
                race ? topics(1, 2, chance) : topics(chance.pick(List.of(1, 1, 1, 2, 3)), 5, chance),
                load(severity, race, chance),
                race ? RACE : 0,
                taking,
                Group.drawn(chance),
                new Terms(ordering, failures(handling && !race, chance), timing(drain, chance)),
                handling && !race && chance.happens(0.2) ? ordering(chance) : ordering,
                shape(race, chance),
                new Batching(1 + chance.below(10), 1 + chance.below(1_000), Duration.ofMillis(chance.below(100))),
                race ? new Buffers(100, 1 << 20) : new Buffers(1 + chance.below(20), 1024),
                faults(severity),
                troubles(severity, slowest),
                weather(severity, chance));
    }

    /** A topic has fewer partitions the more topics there are. */
    private static SortedMap<String, Integer> topics(int count, int mostPartitions, Chance chance) {
        SortedMap<String, Integer> topics = new TreeMap<>();
        for (int number = 0; number < count; number++) {
            topics.put(TOPICS.get(number), 1 + chance.below(1 + (mostPartitions - 1) / count));
        }
        return topics;
    }

    /** Of five runs one has an application that reads for itself. */
    private static Taking taking(Chance chance) {
        return chance.happens(0.2) ? chance.pick(List.of(Taking.STREAM, Taking.STREAMS)) : Taking.HANDLERS;
    }

    /** Half of the runs keep partitions in order; of the others half keep keys in order. */
    private static Ordering ordering(Chance chance) {
        int concurrency = 1 + chance.below(8);
        return chance.pick(
                List.of(Ordering.PARTITION, Ordering.PARTITION, Ordering.key(concurrency), Ordering.none(concurrency)));
    }

    /** Half of the runs have a handler for one record at a time. */
    private static HandlerShape shape(boolean race, Chance chance) {
        HandlerShape drawn = chance.pick(
                List.of(HandlerShape.RECORDS, HandlerShape.RECORDS, HandlerShape.STAGES, HandlerShape.BATCHES));
        return race ? HandlerShape.RECORDS : drawn;
    }

    private static Load load(Severity severity, boolean race, Chance chance) {
        Load.Keys keys = new Load.Keys(
                1 + chance.below(8), chance.pick(List.of(0.0, 0.0, 0.3)), chance.pick(List.of(0.0, 0.0, 0.7)));
        double gaps = chance.pick(List.of(0.0, 0.1, 0.5));
        List<Nature> natures = natures(severity, chance);
        if (!race) {
            return new Load(20 + chance.below(80), 8, natures, gaps, keys);
        }
        List<Nature> mostlyGood = new ArrayList<>(Collections.nCopies(20 * natures.size(), Nature.GOOD));
        mostlyGood.addAll(natures);
        return new Load(3 * RACE, 400, List.copyOf(mostlyGood), gaps, keys);
    }

    private static List<Nature> natures(Severity severity, Chance chance) {
        List<Nature> natures = new ArrayList<>(Collections.nCopies(40, Nature.GOOD));
        double share = severity.rate(1);
        for (Nature nature : Arrays.asList(
                Nature.FLAKY, Nature.STUBBORN, Nature.HOPELESS, Nature.POISON, Nature.LARGE, Nature.FLAKY)) {
            natures.addAll(Collections.nCopies((int) (share * chance.below(8)), nature));
        }
        if (severity.rate(1) > 0.5) {
            natures.add(Nature.FATAL);
        }
        return List.copyOf(natures);
    }

    private static FailurePolicy failures(boolean mayReturn, Chance chance) {
        Duration initial = Duration.ofMillis(1 + chance.below(50));
        FailurePolicy policy = chance.happens(0.3)
                ? FailurePolicy.DEFAULT.withAttemptTimeout(Duration.ofMillis(20 + chance.below(1_000)))
                : FailurePolicy.DEFAULT;
        return policy.withRedriveTopic(
                        mayReturn && chance.happens(0.25) ? Optional.of(RedriveTopic.DEFAULT) : Optional.empty())
                .withMaxAttempts(1 + chance.below(5))
                .withBackoff(new Backoff(initial, initial.multipliedBy(10), 2, 0.2))
                .withOnFailure(chance.pick(
                        List.of(OnFailure.DEAD_LETTER, OnFailure.DEAD_LETTER, OnFailure.SKIP, OnFailure.HALT)));
    }

    private static Timing timing(Duration drain, Chance chance) {
        return new Timing(
                Duration.ofMillis(10 + chance.below(500)), drain, Duration.ofSeconds(2), Duration.ofSeconds(2));
    }

    private static Faults faults(Severity severity) {
        return new Faults(
                severity.rate(0.5),
                severity.rate(0.3),
                severity.rate(0.3),
                severity.rate(0.5),
                severity.rate(0.05),
                severity.rate(0.7),
                severity.rate(0.8),
                severity.rate(0.3),
                severity.rate(0.9),
                severity.rate(0.5),
                severity.rate(1),
                Duration.ofSeconds(2));
    }

    private static Troubles troubles(Severity severity, Duration slowest) {
        return new Troubles(
                severity.rate(0.3),
                severity.rate(0.2),
                severity.rate(0.8),
                severity.rate(0.3),
                severity.rate(0.2),
                severity.rate(0.5),
                severity.rate(0.5),
                slowest);
    }

    private static Weather weather(Severity severity, Chance chance) {
        return new Weather(
                severity.rate(0.3),
                severity.rate(0.5),
                severity.rate(0.3),
                severity.rate(0.2),
                severity.rate(0.3),
                severity.rate(0.3),
                Duration.ofMillis(200 + chance.below(2_000)),
                Duration.ofSeconds(3 + chance.below(15)));
    }
}
