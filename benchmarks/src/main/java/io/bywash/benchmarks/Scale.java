package io.bywash.benchmarks;

import io.bywash.benchmarks.report.Exhibit;
import io.bywash.benchmarks.run.Machine;
import io.bywash.benchmarks.scale.Crowd;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what partitions cost, over a client that makes up its records, and prints a table. */
@Command(name = "Scale", mixinStandardHelpOptions = true, description = "Measures what partitions cost.")
public final class Scale implements Callable<Integer> {
    @Option(
            names = "--partitions",
            split = ",",
            defaultValue = "10,1000,10000",
            description = "How many partitions. Default: 10,1000,10000.")
    private List<Integer> partitions = List.of();

    @Mixin
    private Charts charts = new Charts();

    /**
     * Runs the measurement.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Scale()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        System.out.println(Machine.description());
        for (Exhibit exhibit : Crowd.exhibits(partitions)) {
            System.out.println(exhibit.markdown());
            charts.draw(exhibit.name(), exhibit.chart().svg());
        }
        return 0;
    }
}
