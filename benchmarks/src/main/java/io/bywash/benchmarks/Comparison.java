package io.bywash.benchmarks;

import io.bywash.benchmarks.run.BrokerProcess;
import io.bywash.benchmarks.run.Machine;
import io.bywash.benchmarks.scenario.Competition;
import io.bywash.benchmarks.scenario.Report;
import io.bywash.benchmarks.scenario.Results;
import io.bywash.benchmarks.scenario.Scenario;
import io.bywash.benchmarks.scenario.Scenarios;
import io.bywash.benchmarks.subject.Contestant;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures Bywash beside other ways to consume, in rounds, in one run on one machine, and prints a table per scenario. */
@Command(
        name = "Comparison",
        mixinStandardHelpOptions = true,
        description = "Measures Bywash beside other ways to consume and prints a table per scenario.")
public final class Comparison implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            description =
                    "What to measure; everything if none is named. One of: drain, watched, drain-1k, io, cpu, latency,"
                            + " head-of-line, many-partitions, random-io, skew.")
    private List<String> names = List.of();

    @Option(
            names = "--processes",
            defaultValue = "3",
            description = "How many processes each has, one after the other. Default: 3.")
    private int processes;

    @Option(names = "--rounds", defaultValue = "2", description = "How many rounds of each process count. Default: 2.")
    private int rounds;

    @Option(
            names = "--warm-ups",
            defaultValue = "1",
            description = "How many rounds of each process come before those that count. Default: 1.")
    private int warmUps;

    @Option(names = "--scale", defaultValue = "1", description = "Multiplies the number of records. Default: 1.")
    private double scale;

    @Option(
            names = "--limit",
            defaultValue = "20",
            description = "Seconds after which a run over a backlog is stopped. Default: 20.")
    private int limitSeconds;

    @Option(names = "--subjects", defaultValue = "", description = "A regular expression: who takes part.")
    private Pattern subjects;

    @Mixin
    private Charts charts = new Charts();

    /**
     * Runs the comparison.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Comparison()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        System.out.printf(
                "%s; %d processes of each, %d rounds after %d%n", Machine.description(), processes, rounds, warmUps);
        for (Scenario scenario : chosen()) {
            run(scenario);
        }
        return 0;
    }

    private List<Scenario> chosen() {
        List<Scenario> all = Scenarios.all();
        List<String> known = all.stream().map(Scenario::name).toList();
        if (!known.containsAll(names)) {
            throw new ParameterException(
                    spec.commandLine(), "unknown scenario among " + names + "; there are " + String.join(", ", known));
        }
        return all.stream()
                .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
                .map(scenario -> scenario.scaled(scale).with(matching(scenario)))
                .toList();
    }

    private List<Contestant> matching(Scenario scenario) {
        return scenario.contestants().stream()
                .filter(contestant -> subjects.matcher(contestant.label()).find())
                .toList();
    }

    private void run(Scenario scenario) throws Exception {
        System.out.printf("%n%s%n", scenario.title());
        try (BrokerProcess broker = BrokerProcess.start();
                Competition competition =
                        new Competition(scenario, broker.bootstrap(), Duration.ofSeconds(limitSeconds))) {
            Results results = competition.run(processes, warmUps, rounds);
            Report report = new Report(results);
            System.out.printf("%n%s", report.markdown());
            charts.draw(scenario.name(), report.svg());
        }
    }
}
