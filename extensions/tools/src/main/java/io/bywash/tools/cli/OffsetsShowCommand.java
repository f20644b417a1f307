package io.bywash.tools.cli;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Origin;
import io.bywash.runtime.cli.ExitCode;
import io.bywash.tools.offsets.GroupOffsets;
import io.bywash.tools.offsets.PartitionOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        description = "Shows what is committed of each partition, the offsets that are complete beyond it included.")
final class OffsetsShowCommand implements Callable<Integer> {

    @Mixin
    private ConsumerChoice consumers;

    @Mixin
    private OutputOption output;

    @Override
    public Integer call() {
        List<GroupOffsets> groups = new ArrayList<>();
        int code = GroupLook.at(output, consumers, groups::add);
        if (code != ExitCode.OK.code() && groups.isEmpty()) {
            return code;
        }
        if (output.isJson()) {
            output.json(Map.of(
                    "groups", groups.stream().map(OffsetsShowCommand::json).toList()));
        } else {
            print(groups);
        }
        return code;
    }

    private void print(List<GroupOffsets> groups) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("GROUP", "PARTITION", "START", "COMMITTED", "END", "COMPLETE BEYOND IT", "FIRST START"));
        groups.forEach(group -> group.partitions()
                .forEach(partition -> rows.add(List.of(
                        group.group(),
                        partition.partition().toString(),
                        OutputOption.number(partition.start()),
                        partition
                                .committed()
                                .map(origin -> String.valueOf(origin.offset()))
                                .orElse("-"),
                        OutputOption.number(partition.end()),
                        partition
                                .committed()
                                .filter(origin -> !origin.done().isEmpty())
                                .map(origin -> origin.done().toString())
                                .orElse("-"),
                        partition
                                .committed()
                                .flatMap(Origin::groupStart)
                                .map(Object::toString)
                                .orElse("-")))));
        output.table(rows, "nothing is committed, and the topics do not exist");
    }

    private static Map<String, Object> json(GroupOffsets group) {
        return Map.of(
                "group", group.group(),
                "partitions",
                        group.partitions().stream()
                                .map(OffsetsShowCommand::json)
                                .toList());
    }

    private static Map<String, Object> json(PartitionOffsets partition) {
        Map<String, Object> json = new TreeMap<>();
        json.put("topic", partition.partition().topic());
        json.put("partition", partition.partition().partition());
        partition.start().ifPresent(start -> json.put("start", start));
        partition.end().ifPresent(end -> json.put("end", end));
        partition.committed().ifPresent(origin -> {
            json.put("committed", origin.offset());
            json.put("completeBeyond", ranges(origin.done()));
            origin.leaderEpoch().ifPresent(epoch -> json.put("leaderEpoch", epoch));
            origin.groupStart().ifPresent(start -> json.put("groupStart", start.toString()));
            origin.text().ifPresent(text -> json.put("text", text));
        });
        return json;
    }

    /** Each range as its first and its last offset. */
    private static List<List<Long>> ranges(DoneRanges done) {
        return IntStream.range(0, done.count())
                .mapToObj(i ->
                        LongStream.of(done.first(i), done.end(i) - 1).boxed().toList())
                .toList();
    }
}
