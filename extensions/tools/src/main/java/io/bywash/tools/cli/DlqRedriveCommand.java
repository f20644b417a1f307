package io.bywash.tools.cli;

import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.cli.StopRequest;
import io.bywash.runtime.cli.StopSource;
import io.bywash.tools.deadletter.RedriveLimits;
import io.bywash.tools.deadletter.RedriveListener;
import io.bywash.tools.deadletter.RedriveReport;
import io.bywash.tools.deadletter.RedriveRequest;
import io.bywash.tools.deadletter.RedriveScope;
import io.bywash.tools.deadletter.RedriveTarget;
import io.bywash.tools.deadletter.Redriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "redrive",
        description =
                "Sends dead letters back to be handled again by the group that failed, each once. May be interrupted and"
                        + " started again at any time.")
final class DlqRedriveCommand implements Callable<Integer> {
    private static final long REPORT_NANOS = 1_000_000_000;

    private final StopSource stopping;

    @Mixin
    private LetterTopics topics;

    @Mixin
    private LetterChoice letters;

    @Mixin
    private OutputOption output;

    @Option(names = "--dry-run", description = "Only say what would be sent where.")
    private boolean dryRun;

    @Option(
            names = "--to-source",
            description = "Send them to the source topic, where every group that reads it handles them again.")
    private boolean toSource;

    @Option(names = "--again", description = "Send those as well that have been sent back before.")
    private boolean again;

    @Option(names = "--rate", paramLabel = "N", description = "The most letters in a second. Default: no limit.")
    private Optional<Integer> rate = Optional.empty();

    @Option(names = "--max", paramLabel = "N", description = "The most letters of a topic in all. Default: no limit.")
    private Optional<Long> most = Optional.empty();

    @Option(
            names = "--cap",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often one record may come back. Default: ${DEFAULT-VALUE}.")
    private int cap;

    @Spec
    private CommandSpec spec;

    DlqRedriveCommand(StopSource stopping) {
        this.stopping = stopping;
    }

    @Override
    public Integer call() {
        RedriveLimits limits = limits();
        return Attempt.at(output, () -> {
            if (dryRun) {
                return redrive(limits, () -> false);
            }
            try (StopRequest stop = stopping.listen()) {
                return redrive(limits, stop::isRequested);
            }
        });
    }

    private ExitCode redrive(RedriveLimits limits, BooleanSupplier stop) {
        List<Map<String, Object>> json = new ArrayList<>();
        boolean stopped = false;
        try {
            for (LetterTopics.Chosen chosen : topics.chosen(output.err())) {
                stopped = stop.getAsBoolean()
                        || redrive(chosen, limits, stop, json).stopped();
                if (stopped) {
                    output.err()
                            .println(
                                    "stopped as asked; what is reported is done, and another redrive goes on from there");
                    break;
                }
            }
        } catch (RuntimeException e) {
            if (!json.isEmpty()) {
                printAsJson(json, false);
            }
            throw e;
        }
        if (output.isJson()) {
            printAsJson(json, stopped);
        }
        return ExitCode.OK;
    }

    private void printAsJson(List<Map<String, Object>> topics, boolean stopped) {
        output.json(Map.of("dryRun", dryRun, "stopped", stopped, "topics", topics));
    }

    /** Reports what was done, even if it fails on the way. */
    private RedriveReport redrive(
            LetterTopics.Chosen chosen, RedriveLimits limits, BooleanSupplier stop, List<Map<String, Object>> json) {
        Progress progress = new Progress();
        try {
            progress.last = Optional.of(redrive(chosen, limits, stop, progress));
            return progress.last.get();
        } finally {
            progress.last.ifPresent(report -> {
                if (output.isJson()) {
                    json.add(json(chosen, report));
                } else {
                    print(chosen, report);
                }
            });
        }
    }

    private RedriveLimits limits() {
        try {
            return new RedriveLimits(
                    rate.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                    most.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                    cap);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private RedriveReport redrive(
            LetterTopics.Chosen chosen, RedriveLimits limits, BooleanSupplier stop, RedriveListener listener) {
        RedriveRequest request = new RedriveRequest(
                chosen.source(),
                letters.filter(),
                again ? RedriveScope.ALL : RedriveScope.PENDING,
                toSource ? RedriveTarget.SOURCE : RedriveTarget.GROUP,
                limits);
        Redriver redriver = new Redriver(chosen.settings());
        return dryRun ? redriver.rehearse(request, listener, stop) : redriver.redrive(request, listener, stop);
    }

    /** Says once a second how far it is, for work that takes longer. */
    private final class Progress implements RedriveListener {
        private long due = System.nanoTime() + REPORT_NANOS;
        private Optional<RedriveReport> last = Optional.empty();

        @Override
        public void progress(RedriveReport soFar, long total) {
            last = Optional.of(soFar);
            if (System.nanoTime() - due >= 0) {
                due = System.nanoTime() + REPORT_NANOS;
                output.err()
                        .println(soFar.examined() + " of about " + total + " letters examined, " + soFar.redriven()
                                + (dryRun ? " would be sent back" : " sent back"));
            }
        }
    }

    private void print(LetterTopics.Chosen chosen, RedriveReport report) {
        String verb = dryRun ? " would be sent to " : " sent to ";
        List<String> parts = new ArrayList<>();
        report.targets().forEach((topic, count) -> parts.add(count + verb + topic));
        add(parts, report.unmatched(), "left out by the filter");
        add(
                parts,
                report.overCap(),
                "left because they have come back " + cap + (cap == 1 ? " time" : " times") + " (--cap)");
        add(parts, report.foreign(), "left because they name another group or topic");
        add(parts, report.incomplete(), "left because they have not all of the record");
        add(parts, report.expired(), "left because they are older than the topic they belong to keeps records");
        output.out()
                .println(chosen.source().topic() + ": "
                        + (parts.isEmpty() ? "no letters that have not been sent back" : String.join(", ", parts)));
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    private static Map<String, Object> json(LetterTopics.Chosen chosen, RedriveReport report) {
        Map<String, Object> json = new TreeMap<>();
        json.put("topic", chosen.source().topic());
        json.put("targets", report.targets());
        json.put("redriven", report.redriven());
        json.put("examined", report.examined());
        json.put("unmatched", report.unmatched());
        json.put("overCap", report.overCap());
        json.put("foreign", report.foreign());
        json.put("incomplete", report.incomplete());
        json.put("expired", report.expired());
        json.put("stopped", report.stopped());
        return json;
    }
}
