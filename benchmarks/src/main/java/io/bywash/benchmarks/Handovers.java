package io.bywash.benchmarks;

import io.bywash.benchmarks.handover.HandoverReport;
import io.bywash.benchmarks.report.Exhibit;
import io.bywash.benchmarks.run.BrokerProcess;
import io.bywash.benchmarks.run.Machine;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what a group suffers when a member joins and when one is killed, Bywash beside others, and prints three tables. */
@Command(
        name = "Handovers",
        mixinStandardHelpOptions = true,
        description = "Measures what a group suffers when a member joins and when one is killed.")
public final class Handovers implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "5", description = "How many rounds. Default: 5.")
    private int rounds;

    @Option(names = "--subjects", defaultValue = "", description = "A regular expression: who takes part.")
    private Pattern subjects;

    @Mixin
    private Charts charts = new Charts();

    /**
     * Runs the measurement.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Handovers()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        System.out.printf("%s; %d rounds%n", Machine.description(), rounds);
        try (BrokerProcess broker = BrokerProcess.start()) {
            for (Exhibit exhibit : new HandoverReport(broker.bootstrap(), rounds, subjects).exhibits()) {
                System.out.println(exhibit.markdown());
                charts.draw(exhibit.name(), exhibit.chart().svg());
            }
        }
        return 0;
    }
}
