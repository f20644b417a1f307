package io.bywash.tools.cli;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.tools.offsets.OffsetChange;
import io.bywash.tools.offsets.OffsetResetter;
import io.bywash.tools.offsets.ResetTo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reset",
        description =
                "Says what putting the offsets of a group elsewhere would skip or repeat, and with --execute does it."
                        + " Refused while the group has members.")
final class OffsetsResetCommand implements Callable<Integer> {

    @Mixin
    private ConsumerChoice consumers;

    @Mixin
    private OutputOption output;

    @ArgGroup(multiplicity = "1")
    private To to = new To();

    @Option(names = "--execute", description = "Do it. Without it nothing is changed.")
    private boolean execute;

    @Parameters(
            arity = "0..*",
            paramLabel = "TOPIC[-PARTITION]",
            description =
                    "Topics, or single partitions such as orders-3. Default: all that the group reads or has committed.")
    private List<String> chosen = new ArrayList<>();

    /** Where to; exactly one of these. */
    private static final class To {
        @Option(names = "--to-earliest", required = true, description = "To the first record there is.")
        private boolean earliest;

        @Option(names = "--to-latest", required = true, description = "Behind the last record.")
        private boolean latest;

        @Option(
                names = "--to-datetime",
                required = true,
                paramLabel = "TIME",
                converter = Times.class,
                description = "To the first record not older than this time, such as 2026-01-31T08:00:00Z.")
        private Optional<Instant> time = Optional.empty();

        @Option(names = "--to-offset", required = true, paramLabel = "OFFSET", description = "To this offset.")
        private Optional<Long> offset = Optional.empty();

        @Option(
                names = "--shift-by",
                required = true,
                paramLabel = "N",
                description = "On by so many offsets, or back if negative, from what is committed.")
        private Optional<Long> shift = Optional.empty();

        ResetTo choice() {
            if (earliest) {
                return new ResetTo.Earliest();
            }
            if (latest) {
                return new ResetTo.Latest();
            }
            return time.<ResetTo>map(ResetTo.Time::new)
                    .or(() -> offset.map(ResetTo.Offset::new))
                    .or(() -> shift.map(ResetTo.Shift::new))
                    .orElseThrow();
        }
    }

    @Override
    public Integer call() {
        return Attempt.at(output, () -> {
            ConsumerSettings settings = consumers.one(output.err());
            OffsetResetter resetter = new OffsetResetter(settings);
            List<OffsetChange> changes =
                    execute ? resetter.execute(to.choice(), this::isMeant) : resetter.plan(to.choice(), this::isMeant);
            if (output.isJson()) {
                output.json(Map.of(
                        "group", settings.group(),
                        "executed", execute,
                        "changes",
                                changes.stream().map(OffsetsResetCommand::json).toList()));
            } else {
                print(settings.group(), changes);
            }
            return ExitCode.OK;
        });
    }

    private boolean isMeant(TopicPartition partition) {
        return chosen.isEmpty() || chosen.contains(partition.topic()) || chosen.contains(partition.toString());
    }

    private void print(String group, List<OffsetChange> changes) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PARTITION", "FROM", "TO", "EFFECT"));
        changes.forEach(change -> rows.add(List.of(
                change.partition().toString(),
                change.from().isPresent() ? String.valueOf(change.from().getAsLong()) : "-",
                String.valueOf(change.to()),
                effect(change))));
        output.table(rows, "group " + group + " is there already; nothing to do");
        if (!changes.isEmpty()) {
            output.out()
                    .println(execute ? "group " + group + " was reset" : "nothing was changed; add --execute to do it");
        }
    }

    private static String effect(OffsetChange change) {
        List<String> effects = new ArrayList<>();
        if (change.skipped() > 0) {
            effects.add("skips " + change.skipped());
        }
        if (change.repeated() > 0) {
            effects.add("repeats " + change.repeated());
        }
        if (change.forgotten() > 0) {
            effects.add("forgets the attempts of " + change.forgotten());
        }
        return effects.isEmpty() ? "begins there" : String.join(", ", effects);
    }

    private static Map<String, Object> json(OffsetChange change) {
        Map<String, Object> json = new TreeMap<>();
        json.put("topic", change.partition().topic());
        json.put("partition", change.partition().partition());
        change.from().ifPresent(from -> json.put("from", from));
        json.put("to", change.to());
        json.put("skipped", change.skipped());
        json.put("repeated", change.repeated());
        json.put("forgotten", change.forgotten());
        return json;
    }
}
