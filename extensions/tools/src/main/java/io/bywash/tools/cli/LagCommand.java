package io.bywash.tools.cli;

import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.Origin;
import io.bywash.runtime.cli.CommandProvider;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.runtime.cli.StopSource;
import io.bywash.tools.offsets.GroupOffsets;
import io.bywash.tools.offsets.PartitionOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says how far behind groups are, and at which records they stand. */
@Command(
        name = "lag",
        description =
                "Shows how far behind each partition is, which records of it have failed, and which member has it.")
public final class LagCommand implements CommandProvider, Callable<Integer> {

    @Mixin
    private ConsumerChoice consumers;

    @Mixin
    private OutputOption output;

    /** Creates the command, as {@link java.util.ServiceLoader} does. */
    public LagCommand() {}

    @Override
    public Object command(StopSource stopping) {
        return this;
    }

    @Override
    public Integer call() {
        List<Map<String, Object>> json = new ArrayList<>();
        int code = GroupLook.at(output, consumers, group -> {
            if (output.isJson()) {
                json.add(json(group));
            } else {
                print(group);
            }
        });
        if (output.isJson() && (code == ExitCode.OK.code() || !json.isEmpty())) {
            output.json(Map.of("groups", json));
        }
        return code;
    }

    private void print(GroupOffsets group) {
        output.out().println("group " + group.group() + ": " + group.lag() + " behind, " + members(group));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("PARTITION", "COMMITTED", "END", "LAG", "FAILED", "MEMBER"));
        group.partitions()
                .forEach(partition -> rows.add(List.of(
                        partition.partition().toString(),
                        partition
                                .committed()
                                .map(origin -> String.valueOf(origin.offset()))
                                .orElse("-"),
                        OutputOption.number(partition.end()),
                        OutputOption.number(partition.lag()),
                        partition.committed().map(LagCommand::failed).orElse("-"),
                        partition.member().orElse("-"))));
        output.table(rows, "none of its topics exists");
    }

    private static String members(GroupOffsets group) {
        if (group.state().equals(GroupOffsets.NONE)) {
            return "never seen by the brokers";
        }
        return group.members() + (group.members() == 1 ? " member, " : " members, ") + group.state();
    }

    private static String failed(Origin origin) {
        return origin.failed().isEmpty()
                ? "-"
                : origin.failed().stream().map(LagCommand::failed).collect(Collectors.joining(", "));
    }

    private static String failed(FailedRecord record) {
        return record.offset()
                + (record.isHalted() ? " halted after " : " failed ")
                + record.attempts()
                + (record.attempts() == 1 ? " time" : " times");
    }

    private static Map<String, Object> json(GroupOffsets group) {
        return Map.of(
                "consumer", group.consumer(),
                "group", group.group(),
                "state", group.state(),
                "members", group.members(),
                "lag", group.lag(),
                "partitions", group.partitions().stream().map(LagCommand::json).toList());
    }

    private static Map<String, Object> json(PartitionOffsets partition) {
        Map<String, Object> json = new TreeMap<>();
        json.put("topic", partition.partition().topic());
        json.put("partition", partition.partition().partition());
        partition.start().ifPresent(start -> json.put("start", start));
        partition.end().ifPresent(end -> json.put("end", end));
        partition.committed().ifPresent(origin -> {
            json.put("committed", origin.offset());
            json.put("failed", origin.failed().stream().map(LagCommand::json).toList());
        });
        partition.lag().ifPresent(lag -> json.put("lag", lag));
        partition.member().ifPresent(member -> json.put("member", member));
        return json;
    }

    private static Map<String, Object> json(FailedRecord record) {
        return Map.of("offset", record.offset(), "attempts", record.attempts(), "halted", record.isHalted());
    }
}
