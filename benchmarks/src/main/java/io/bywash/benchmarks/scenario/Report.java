package io.bywash.benchmarks.scenario;

import io.bywash.benchmarks.load.Content.WorkTime;
import io.bywash.benchmarks.load.KeyOrderBound;
import io.bywash.benchmarks.report.Axis;
import io.bywash.benchmarks.report.BarChart;
import io.bywash.benchmarks.report.MarkdownTable;
import io.bywash.benchmarks.report.Spread;
import io.bywash.benchmarks.run.Delays;
import io.bywash.benchmarks.run.Figures;
import io.bywash.benchmarks.scenario.Scenario.Handler;
import io.bywash.benchmarks.scenario.Scenario.Load;
import io.bywash.benchmarks.subject.Contestant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The results of a scenario for people.
 *
 * @param results the results
 */
public record Report(Results results) {
    private static final double MEGABYTE = 1e6;

    /**
     * Writes the results as a table.
     *
     * @return Markdown, with a heading
     */
    public String markdown() {
        MarkdownTable table = isSteady() ? delays() : throughput();
        List<String> absent = results.absent().stream().map(Contestant::label).toList();
        String note =
                absent.isEmpty() ? "" : "\nWithout figures, since they failed: " + String.join(", ", absent) + ".\n";
        return "### " + scenario().title() + "\n\n" + table + bound() + note;
    }

    /** What nobody who keeps the order of the keys can do better, where records of different length come one by one. */
    private String bound() {
        if (!(scenario().load() instanceof Load.Steady steady)
                || scenario().content().work().equals(WorkTime.NONE)) {
            return "";
        }
        double late = new KeyOrderBound(scenario().content(), steady.perSecond())
                .late(scenario().firstMeasured(), Delays.LATE_MICROS);
        return text("%nExact order of the keys alone makes %.2f %% wait over 50 ms.%n", 100 * late);
    }

    /**
     * Draws the results.
     *
     * @return an SVG document
     */
    public String svg() {
        if (!isSteady()) {
            return throughputChart().svg();
        }
        return (scenario().content().work().equals(WorkTime.NONE) ? delayChart() : lateChart()).svg();
    }

    private Scenario scenario() {
        return results.scenario();
    }

    private boolean isSteady() {
        return scenario().load() instanceof Load.Steady;
    }

    private boolean waits() {
        return scenario().handler() == Handler.WAITS;
    }

    private MarkdownTable throughput() {
        List<String> headings = new ArrayList<>(List.of(
                "subject",
                "records/s",
                "min",
                "max",
                "seconds",
                "/ " + scenario().yardstick().label()));
        if (waits()) {
            headings.add("of its bound");
        }
        headings.addAll(List.of("B/record", "threads"));
        if (scenario().isOfManyPartitions()) {
            headings.add("heap MB");
        }
        headings.add("remarks");
        MarkdownTable table = new MarkdownTable(headings);
        results.finishers().forEach(contestant -> table.row(throughput(contestant)));
        return table;
    }

    private List<String> throughput(Contestant contestant) {
        Spread rate = results.of(contestant, Figures::perSecond);
        List<String> row = new ArrayList<>(List.of(
                contestant.label(),
                text("%,.0f", rate.median()),
                text("%,.0f", rate.min()),
                text("%,.0f", rate.max()),
                text("%.2f", results.of(contestant, Figures::seconds).median()),
                ratio(contestant, Figures::perSecond)));
        if (waits()) {
            row.add(text("%.2f", results.shareOfBound(contestant)));
        }
        row.add(text("%,.0f", results.of(contestant, Figures::bytesPerRecord).median()));
        row.add(text("%.0f", results.of(contestant, Figures::threads).max()));
        if (scenario().isOfManyPartitions()) {
            row.add(text("%.1f", results.of(contestant, Figures::heapBytes).median() / MEGABYTE));
        }
        row.add(String.join("; ", results.remarks(contestant)));
        return row;
    }

    private MarkdownTable delays() {
        String yardstick = scenario().yardstick().label();
        MarkdownTable table = new MarkdownTable(List.of(
                "subject",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms",
                "over 50 ms",
                "p50 / " + yardstick,
                "p99 / " + yardstick,
                "threads",
                "remarks"));
        for (Contestant contestant : results.finishers()) {
            table.row(List.of(
                    contestant.label(),
                    text("%.2f", p50(contestant)),
                    text("%.2f", p99(contestant)),
                    text("%.1f", p999(contestant)),
                    text(
                            "%.1f",
                            results.of(contestant, figures -> figures.delays().max())
                                    .median()),
                    text("%.2f %%", late(contestant)),
                    ratio(contestant, figures -> figures.delays().p50()),
                    ratio(contestant, figures -> figures.delays().p99()),
                    text("%.0f", results.of(contestant, Figures::threads).max()),
                    String.join("; ", results.remarks(contestant))));
        }
        return table;
    }

    private double p50(Contestant contestant) {
        return results.of(contestant, figures -> figures.delays().p50()).median();
    }

    private double p99(Contestant contestant) {
        return results.of(contestant, figures -> figures.delays().p99()).median();
    }

    private double p999(Contestant contestant) {
        return results.of(contestant, figures -> figures.delays().p999()).median();
    }

    private double late(Contestant contestant) {
        return 100 * results.of(contestant, figures -> figures.delays().late()).median();
    }

    private String ratio(Contestant contestant, ToDoubleFunction<Figures> figure) {
        Optional<Spread> ratio = results.ratio(contestant, figure);
        return ratio.map(spread -> text("%.3f (%.3f to %.3f)", spread.median(), spread.min(), spread.max()))
                .orElse("-");
    }

    private BarChart throughputChart() {
        if (waits()) {
            return chart(
                    ", records per second",
                    new Axis.Linear(),
                    "%,.0f",
                    contestant -> results.of(contestant, Figures::perSecond).median());
        }
        String title = ", throughput over that of: " + scenario().yardstick().label();
        return chart(
                title,
                new Axis.Linear(),
                "%.2f",
                contestant -> results.ratio(contestant, Figures::perSecond)
                        .map(Spread::median)
                        .orElse(0.0));
    }

    private BarChart chart(String title, Axis axis, String format, ToDoubleFunction<Contestant> value) {
        List<BarChart.Group> groups = results.finishers().stream()
                .map(contestant -> new BarChart.Group(contestant.label(), List.of(value.applyAsDouble(contestant))))
                .toList();
        return new BarChart(scenario().title() + title, axis, format, List.of("median"), groups);
    }

    private BarChart lateChart() {
        return chart(", part over 50 ms, logarithmic", new Axis.Logarithmic(), "%.2f %%", this::late);
    }

    private BarChart delayChart() {
        List<BarChart.Group> groups = results.finishers().stream()
                .map(contestant -> new BarChart.Group(
                        contestant.label(), List.of(p50(contestant), p99(contestant), p999(contestant))))
                .toList();
        return new BarChart(
                scenario().title() + ", ms, logarithmic",
                new Axis.Logarithmic(),
                "%.2f",
                List.of("p50", "p99", "p99.9"),
                groups);
    }

    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be one more dependency
    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
