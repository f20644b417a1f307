package io.bywash.benchmarks.scenario;

import io.bywash.benchmarks.load.SteadyLoad;
import io.bywash.benchmarks.load.Topics;
import io.bywash.benchmarks.run.Burning;
import io.bywash.benchmarks.run.Figures;
import io.bywash.benchmarks.run.RunOrder;
import io.bywash.benchmarks.run.SubjectProcess;
import io.bywash.benchmarks.run.Task;
import io.bywash.benchmarks.scenario.Scenario.Load;
import io.bywash.benchmarks.subject.Contestant;
import io.bywash.benchmarks.subject.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;

/**
 * Runs a scenario: in every round all who take part, one after the other, in an order that changes with the round. What a compiler
 * makes of a program differs from one process to the next, so each has several, and the first rounds of each process warm it up and
 * do not count.
 */
public final class Competition implements AutoCloseable {
    private static final Duration STEADY_GRACE = Duration.ofSeconds(10);
    private static final int BURN_MICROS = 20;
    private static final String BACKLOG_TOPIC = "backlog";

    private final Scenario scenario;
    private final String bootstrap;
    private final Duration limit;
    private final Task task;
    private final Map<Contestant, SubjectProcess> processes = new LinkedHashMap<>();

    /**
     * Prepares a scenario.
     *
     * @param scenario what to run
     * @param bootstrap a broker of its own
     * @param limit how long a run over a backlog may take after its first record
     */
    public Competition(Scenario scenario, String bootstrap, Duration limit) {
        this.scenario = scenario;
        this.bootstrap = bootstrap;
        this.limit = limit;
        this.task = task(scenario);
    }

    private static Task task(Scenario scenario) {
        return switch (scenario.handler()) {
            case COUNTS -> new Task.Count();
            case COMPUTES -> new Task.Burn(Burning.iterationsFor(BURN_MICROS));
            case WAITS -> new Task.Wait(scenario.content().keys().count(), scenario.firstMeasured());
        };
    }

    /**
     * Runs all rounds and tells of each on standard output.
     *
     * @param processes how many processes each has, one after the other
     * @param warmUps how many rounds of each process come first and do not count
     * @param rounds how many rounds of each process count
     * @return what came of them
     * @throws ExecutionException if the broker refuses a topic
     * @throws InterruptedException if the calling thread is interrupted
     */
    public Results run(int processes, int warmUps, int rounds) throws ExecutionException, InterruptedException {
        Topics topics = new Topics(bootstrap);
        Results results = new Results(scenario);
        if (scenario.load() instanceof Load.Backlog) {
            results.spread(topics.fill(BACKLOG_TOPIC, scenario.content()));
        }
        for (int process = 0; process < processes; process++) {
            for (int round = 0; round < warmUps + rounds; round++) {
                int counted = round < warmUps ? 0 : process * rounds + round - warmUps + 1;
                runAll(topics, results, new Turn(process, round, counted));
            }
            close();
        }
        return results;
    }

    /**
     * When a run takes place.
     *
     * @param process the number of the processes, from 0
     * @param round the round of these, from 0, which warms up
     * @param counted the number among all that count; 0 if it does not
     */
    private record Turn(int process, int round, int counted) {
        @Override
        public String toString() {
            return (process + 1) + "." + round;
        }
    }

    private void runAll(Topics topics, Results results, Turn turn) throws ExecutionException, InterruptedException {
        List<Contestant> order = new ArrayList<>(scenario.contestants());
        // Drawn anew for every round, so that nobody always follows the same one, and the same in every run of the
        // comparison.
        Collections.shuffle(order, new Random(31L * turn.process() + turn.round()));
        for (Contestant contestant : order) {
            if (results.hasFailed(contestant)) {
                continue;
            }
            try {
                Figures figures = measure(topics, contestant, turn);
                report(turn, contestant, figures);
                if (turn.counted() > 0) {
                    results.add(turn.counted(), contestant, figures);
                }
            } catch (IOException e) {
                System.err.println(e.getMessage());
                results.failed(contestant);
            }
        }
    }

    private Figures measure(Topics topics, Contestant contestant, Turn turn)
            throws IOException, ExecutionException, InterruptedException {
        SubjectProcess process = processes.get(contestant);
        if (process == null) {
            process = new SubjectProcess(contestant);
            processes.put(contestant, process);
        }
        String run = contestant.nameOfTopic() + "-" + turn;
        if (scenario.load() instanceof Load.Steady steady) {
            topics.create(run, scenario.content().partitions());
            Duration whole = Duration.ofSeconds(scenario.content().records() / steady.perSecond());
            process.begin(order(run, run, whole.plus(STEADY_GRACE)));
            new SteadyLoad(bootstrap, steady.perSecond()).send(run, scenario.content());
        } else {
            process.begin(order(BACKLOG_TOPIC, run, limit));
        }
        return process.await();
    }

    private RunOrder order(String topic, String group, Duration longest) {
        return new RunOrder(
                new Workload(bootstrap, topic, group),
                scenario.content().partitions(),
                scenario.content().records(),
                task,
                longest);
    }

    private static void report(Turn turn, Contestant contestant, Figures figures) {
        System.out.printf(
                Locale.ROOT,
                "round %s  %-32s %,12.0f records/s  %,9.1f B/record  p99 %,9.2f ms  %d handled%s%n",
                turn,
                contestant.label(),
                figures.perSecond(),
                figures.bytesPerRecord(),
                figures.delays().p99(),
                figures.handled(),
                figures.capped() ? ", stopped at the limit" : "");
    }

    @Override
    public void close() {
        processes.values().forEach(SubjectProcess::close);
        processes.clear();
    }
}
