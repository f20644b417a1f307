package io.bywash.chaos;

import io.bywash.chaos.oracle.Erased;
import io.bywash.chaos.oracle.Verdict;
import io.bywash.chaos.trial.Catalogue;
import io.bywash.chaos.trial.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The chaos tests. Prints a table in Markdown. */
@Command(
        name = "Chaos",
        mixinStandardHelpOptions = true,
        description = "Breaks brokers and workers under load, has an oracle judge, and prints a table.")
public final class Chaos implements Callable<Integer> {
    private static final int BROKEN = 1;

    @Option(names = "--records", defaultValue = "200000", description = "Records of each test. Default: 200000.")
    private long records;

    @Option(
            names = "--tests",
            split = ",",
            description = "Which tests; all if none is named. Of: ${COMPLETION-CANDIDATES}.")
    private List<Catalogue> tests = List.of(Catalogue.values());

    @Option(
            names = "--form",
            defaultValue = "LONG",
            description = "LONG, or SHORT as in the build. Default: ${DEFAULT-VALUE}.")
    private Form form = Form.LONG;

    @Option(
            names = "--directory",
            defaultValue = "chaos/target/long",
            description = "Where logs and journals go. Default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of(".");

    /** How much of each test. */
    enum Form {
        /** One protocol and few faults. */
        SHORT,
        /** All protocols. */
        LONG
    }

    /**
     * Runs the tests.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Chaos()).execute(arguments));
    }

    @Override
    public Integer call() {
        List<String> rows = new ArrayList<>();
        boolean broken = false;
        for (Catalogue test : tests) {
            System.err.println("running: " + test.title());
            long begin = System.nanoTime();
            // A cluster of its own, so that no test inherits what another has done to the brokers.
            try (Stage stage = Stage.open(directory)) {
                Verdict verdict = form == Form.SHORT ? test.runShort(stage) : test.runLong(stage, records);
                rows.add(row(test, verdict));
                broken |= !verdict.findings().isEmpty();
                System.err.println(rows.get(rows.size() - 1));
                verdict.findings().forEach(System.err::println);
                verdict.erased().forEach(System.err::println);
            } catch (IllegalStateException | IOException e) {
                broken = true;
                rows.add(
                        "| " + test.title() + " | | | | | | | | | | did not come to its end: " + e.getMessage() + " |");
                e.printStackTrace();
            }
            System.err.println(
                    "took " + Duration.ofNanos(System.nanoTime() - begin).toSeconds() + " s");
        }
        print(rows);
        return broken ? BROKEN : 0;
    }

    private void print(List<String> rows) {
        System.out.printf(
                "JDK %s, %s %s, %d cores%n%n",
                System.getProperty("java.version"),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
        System.out.println(
                "| test | faults | records | handled again | dead letters | longest pause of a partition that"
                        + " no fault hit | longest standstill of a partition near a fault | time to recover | late results | erased by the brokers, handled + not | findings |");
        System.out.println("|---|---:|---:|---|---:|---:|---:|---:|---:|---:|---|");
        rows.forEach(System.out::println);
    }

    private static String row(Catalogue test, Verdict verdict) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,d | %s | %d | %s | %s | %s | %d | %,d + %,d | %s |",
                test.title(),
                verdict.faults(),
                verdict.records(),
                repetitions(verdict.repeated()),
                verdict.letters(),
                seconds(verdict.delays().pause()),
                seconds(verdict.delays().standstill()),
                seconds(verdict.delays().recovery()),
                verdict.late(),
                verdict.erased(Erased.Fate.HANDLED),
                verdict.erased(Erased.Fate.NOT_HANDLED),
                verdict.findings().isEmpty() ? "none" : verdict.findings().size() + ", see above");
    }

    private static String repetitions(Map<String, Integer> repeated) {
        return repeated.isEmpty()
                ? "0"
                : repeated.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1_000.0);
    }
}
