package io.bywash.chaos.worker;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a worker is told.
 *
 * @param bootstrap where the brokers are
 * @param topic the topic it reads
 * @param group its group
 * @param member its name, which survives its processes
 * @param journal the file for its journal, new for each process
 * @param order which records wait for each other
 * @param protocol how the group shares its partitions
 * @param sessionMillis after how long the group gives up a silent member
 * @param maxPollMillis Kafka's {@code max.poll.interval.ms}
 * @param drainMillis how long calls may go on when a partition is taken away
 * @param workMicros how long an ordinary record takes
 * @param text whether what is complete is committed beside the offsets
 * @param memory how much memory it has
 */
public record WorkerOptions(
        String bootstrap,
        String topic,
        String group,
        String member,
        Path journal,
        Order order,
        Protocol protocol,
        int sessionMillis,
        int maxPollMillis,
        int drainMillis,
        int workMicros,
        CommitText text,
        Memory memory) {
    /** How many attempts a record has. */
    public static final int ATTEMPTS = 2;

    /**
     * Writes the options as arguments of {@link WorkerMain}.
     *
     * @return one {@code name=value} for each
     */
    public List<String> arguments() {
        return List.of(
                "bootstrap=" + bootstrap,
                "topic=" + topic,
                "group=" + group,
                "member=" + member,
                "journal=" + journal,
                "order=" + order,
                "protocol=" + protocol,
                "session=" + sessionMillis,
                "max-poll=" + maxPollMillis,
                "drain=" + drainMillis,
                "work=" + workMicros,
                "text=" + text,
                "memory=" + memory);
    }

    static WorkerOptions of(String[] arguments) {
        Map<String, String> all = Arrays.stream(arguments)
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        return new WorkerOptions(
                value(all, "bootstrap"),
                value(all, "topic"),
                value(all, "group"),
                value(all, "member"),
                Path.of(value(all, "journal")),
                Order.valueOf(value(all, "order")),
                Protocol.valueOf(value(all, "protocol")),
                number(all, "session"),
                number(all, "max-poll"),
                number(all, "drain"),
                number(all, "work"),
                CommitText.valueOf(value(all, "text")),
                Memory.valueOf(value(all, "memory")));
    }

    private static int number(Map<String, String> all, String name) {
        return Integer.parseInt(value(all, name));
    }

    private static String value(Map<String, String> all, String name) {
        return Objects.requireNonNull(all.get(name), () -> "the worker was not told its " + name);
    }
}
