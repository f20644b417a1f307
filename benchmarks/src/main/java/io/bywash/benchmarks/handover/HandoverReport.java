package io.bywash.benchmarks.handover;

import io.bywash.benchmarks.handover.Member.Group;
import io.bywash.benchmarks.load.Content;
import io.bywash.benchmarks.load.Content.WorkTime;
import io.bywash.benchmarks.load.Keys;
import io.bywash.benchmarks.load.SteadyLoad;
import io.bywash.benchmarks.load.Topics;
import io.bywash.benchmarks.report.Axis;
import io.bywash.benchmarks.report.BarChart;
import io.bywash.benchmarks.report.Exhibit;
import io.bywash.benchmarks.report.MarkdownTable;
import io.bywash.benchmarks.report.Spread;
import io.bywash.benchmarks.subject.Contestant;
import io.bywash.benchmarks.subject.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Runs the trials and sums them up.
 *
 * @param bootstrap the broker
 * @param rounds how often everyone is tried
 * @param subjects who takes part
 */
public record HandoverReport(String bootstrap, int rounds, Pattern subjects) {
    private static final int PARTITIONS = 12;
    private static final int LANES = 64;
    private static final int PER_SECOND = 500;
    private static final int SLOW_MICROS = 5_000_000;
    private static final int VALUE_BYTES = 100;
    private static final Keys KEYS = new Keys.Uniform(1_000);
    private static final int LONGEST_TRIAL_SECONDS = 180;
    private static final Duration SESSION = Duration.ofSeconds(6);
    private static final String KILLED_UNDER = PARTITIONS + " partitions, " + PER_SECOND
            + "/s, 0.2 % of the records take 5 s, session time-out " + SESSION.toSeconds() + " s";
    private static final Group.Rehearsal REHEARSAL = new Group.Rehearsal("rehearsal", 50_000);
    private static final Contestant KEY = new Contestant(Way.BYWASH_KEY, LANES);

    // A consumer that comes when there are as many as partitions gets none: in the end there is one for each.
    private static final List<Contestant> JOINING = List.of(
            Contestant.of(Way.PLAIN_LOOP),
            new Contestant(Way.SPRING_BATCH, PARTITIONS / 3),
            new Contestant(Way.PARALLEL_KEY, LANES),
            Contestant.of(Way.BYWASH_PARTITION),
            KEY);

    private static final List<Contestant> KILLING = List.of(
            Contestant.of(Way.THREAD_PER_PARTITION),
            new Contestant(Way.SPRING_BATCH, PARTITIONS / 2),
            new Contestant(Way.PARALLEL_KEY, LANES),
            Contestant.of(Way.BYWASH_PARTITION),
            new Contestant(Way.BYWASH_KEY_OFFSETS_ONLY, LANES),
            KEY);

    /** What happens in a trial. */
    private interface Course<T> {
        T run(Trial trial) throws Exception;
    }

    /**
     * Runs all trials, and tells of each on standard output.
     *
     * @return what came of those in which a member joins, and of those in which one is killed, first the records
     *     and then the time
     * @throws Exception if the broker refuses something
     */
    public List<Exhibit> exhibits() throws Exception {
        new Topics(bootstrap)
                .fill(
                        REHEARSAL.topic(),
                        new Content(PARTITIONS, REHEARSAL.records(), VALUE_BYTES, KEYS, WorkTime.NONE));
        Exhibit joining = joining(trials("join", JOINING, quick(), 3, Joining::run));
        Map<Contestant, List<Killing>> killings = trials("kill", KILLING, withSlowOnes(), 2, Killing::run);
        return List.of(joining, killing(killings), recovery(killings));
    }

    private static Exhibit joining(Map<Contestant, List<Joining>> trials) {
        String title = "Longest delay of a record when a third member joins two, " + PARTITIONS + " partitions, "
                + PER_SECOND + "/s";
        MarkdownTable table = new MarkdownTable(
                List.of("subject", "steady ms", "stayed ms", "stayed / steady", "moved ms", "partitions that stayed"));
        trials.forEach((contestant, all) -> table.row(List.of(
                contestant.label(),
                text(all, Joining::steadyMillis, "%.0f"),
                text(all, Joining::retainedMillis, "%.0f"),
                text(all, Joining::overSteady, "%.2f"),
                text(all, Joining::movedMillis, "%.0f"),
                text(all, Joining::retained, "%.0f"))));
        return new Exhibit(
                "joining",
                title,
                table,
                new BarChart(
                        title + ", ms, logarithmic",
                        new Axis.Logarithmic(),
                        "%.0f",
                        List.of("before", "stayed", "moved"),
                        bars(trials, List.of(Joining::steadyMillis, Joining::retainedMillis, Joining::movedMillis))));
    }

    private static Exhibit killing(Map<Contestant, List<Killing>> trials) {
        MarkdownTable table =
                new MarkdownTable(List.of("subject", "complete beyond the offset", "and not told", "handled again"));
        trials.forEach((contestant, all) -> table.row(List.of(
                contestant.label(),
                text(all, Killing::completed, "%.0f"),
                text(all, Killing::untold, "%.0f"),
                text(all, Killing::again, "%.0f"))));
        return new Exhibit(
                "killing",
                "Records when one of two members is killed, " + KILLED_UNDER,
                table,
                new BarChart(
                        "Records complete beyond the commit when a member is killed, not told by it, handled again",
                        new Axis.Linear(),
                        "%.0f",
                        List.of("complete", "not told", "again"),
                        bars(trials, List.of(Killing::completed, Killing::untold, Killing::again))));
    }

    private static Exhibit recovery(Map<Contestant, List<Killing>> trials) {
        MarkdownTable table = new MarkdownTable(List.of("subject", "recovered in s"));
        trials.forEach((contestant, all) ->
                table.row(List.of(contestant.label(), text(all, Killing::recoverySeconds, "%.1f"))));
        return new Exhibit(
                "killing-recovery",
                "Time to recover when one of two members is killed, " + KILLED_UNDER,
                table,
                new BarChart(
                        "Seconds from the kill of a member until all its partitions were handled again",
                        new Axis.Linear(),
                        "%.1f",
                        List.of("seconds"),
                        bars(trials, List.of(Killing::recoverySeconds))));
    }

    private static <T> List<BarChart.Group> bars(Map<Contestant, List<T>> trials, List<ToDoubleFunction<T>> figures) {
        List<BarChart.Group> groups = new ArrayList<>();
        trials.forEach((contestant, all) -> groups.add(new BarChart.Group(
                contestant.label(),
                figures.stream()
                        .map(figure -> spread(all, figure).map(Spread::median).orElse(0.0))
                        .toList())));
        return groups;
    }

    private <T> Map<Contestant, List<T>> trials(
            String what, List<Contestant> contestants, Content content, int members, Course<T> course)
            throws Exception {
        List<Contestant> chosen = contestants.stream()
                .filter(contestant -> subjects.matcher(contestant.label()).find())
                .toList();
        return new Rounds(rounds).run(chosen, (contestant, round) -> {
            String name = what + "-" + contestant.label().replaceAll("[^A-Za-z0-9]+", "-") + "-" + round;
            Group group = new Group(contestant, bootstrap, name, name, SESSION, REHEARSAL);
            try (Trial trial = Trial.begin(group, new SteadyLoad(bootstrap, PER_SECOND), content, members)) {
                T result = course.run(trial);
                System.out.println(name + ": " + result);
                return result;
            }
        });
    }

    private static Content quick() {
        return content(random -> random.nextInt(1_000));
    }

    private static Content withSlowOnes() {
        return content(random -> random.nextInt(500) == 0 ? SLOW_MICROS : 1_000);
    }

    private static Content content(WorkTime work) {
        return new Content(PARTITIONS, PER_SECOND * LONGEST_TRIAL_SECONDS, VALUE_BYTES, KEYS, work);
    }

    private static <T> String text(List<T> results, ToDoubleFunction<T> figure, String format) {
        return spread(results, figure)
                .map(spread -> String.format(Locale.ROOT, format, spread.median()) + " ("
                        + String.format(Locale.ROOT, format, spread.min()) + " to "
                        + String.format(Locale.ROOT, format, spread.max()) + ")")
                .orElse("-");
    }

    /** Sums up the rounds that have the figure; nothing if none has. */
    private static <T> Optional<Spread> spread(List<T> results, ToDoubleFunction<T> figure) {
        double[] figures =
                results.stream().mapToDouble(figure).filter(Double::isFinite).toArray();
        return figures.length == 0 ? Optional.empty() : Optional.of(Spread.of(figures));
    }
}
