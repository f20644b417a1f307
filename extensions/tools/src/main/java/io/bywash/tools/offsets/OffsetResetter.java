package io.bywash.tools.offsets;

import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Origin;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.ToolException;
import io.bywash.tools.cluster.Cluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Puts the offsets of a group elsewhere. Every call connects and disconnects. May be called from any thread. */
public final class OffsetResetter {
    private final ConsumerSettings settings;

    /**
     * Creates the resetter of a consumer's group.
     *
     * @param settings the consumer
     */
    public OffsetResetter(ConsumerSettings settings) {
        this.settings = settings;
    }

    /**
     * Finds out what {@link #execute} would do. Changes nothing.
     *
     * @param to where to
     * @param which the partitions that are meant
     * @return a change for each partition that would be somewhere else, or of which more than an offset is committed
     * @throws ToolException if the group has members, no partition is meant, or the broker does not answer or refuses
     */
    public List<OffsetChange> plan(ResetTo to, Predicate<TopicPartition> which) {
        try (Cluster cluster = new Cluster(settings)) {
            return plan(cluster, new GroupReader(settings).read(cluster), to, which);
        }
    }

    /**
     * Commits what {@link #plan} says. What was committed with the offsets, such as attempts and what is complete beyond them, is
     * forgotten, but for the time of the group's first start.
     *
     * @param to where to
     * @param which the partitions that are meant
     * @return the changes that were made
     * @throws ToolException if the group has members, no partition is meant, or the broker does not answer or refuses
     */
    public List<OffsetChange> execute(ResetTo to, Predicate<TopicPartition> which) {
        try (Cluster cluster = new Cluster(settings)) {
            GroupOffsets group = new GroupReader(settings).read(cluster);
            List<OffsetChange> changes = plan(cluster, group, to, which);
            Optional<Instant> firstStart = group.partitions().stream()
                    .flatMap(partition -> partition.committed().stream())
                    .flatMap(origin -> origin.groupStart().stream())
                    .min(Instant::compareTo);
            Map<TopicPartition, OffsetAndMetadata> offsets = changes.stream()
                    .collect(Collectors.toMap(OffsetChange::partition, change -> commit(change.to(), firstStart)));
            if (!offsets.isEmpty()) {
                cluster.answer(
                        cluster.admin()
                                .alterConsumerGroupOffsets(settings.group(), offsets)
                                .all()
                                .thenApply(nothing -> changes),
                        "the offsets of group " + settings.group() + " are not reset");
            }
            return changes;
        }
    }

    private static OffsetAndMetadata commit(long offset, Optional<Instant> firstStart) {
        Origin origin = new Origin(
                offset, Optional.empty(), List.of(), DoneRanges.NONE, firstStart, Optional.empty(), Optional.empty());
        return CommittedOffset.of(origin, Integer.MAX_VALUE).orElseThrow();
    }

    private List<OffsetChange> plan(Cluster cluster, GroupOffsets group, ResetTo to, Predicate<TopicPartition> which) {
        group.requireNobody();
        List<PartitionOffsets> meant = group.partitions().stream()
                .filter(partition -> which.test(partition.partition()))
                .toList();
        if (meant.isEmpty()) {
            throw ToolException.notFound("group " + group.group() + " has no such partition; it has "
                    + (group.partitions().isEmpty()
                            ? "none at all: its topics do not exist, and nothing is committed"
                            : group.partitions().stream()
                                    .map(partition -> partition.partition().topic())
                                    .distinct()
                                    .collect(Collectors.joining(", "))));
        }
        requireOffsets(meant);
        Map<TopicPartition, Long> times = to instanceof ResetTo.Time since ? times(cluster, meant, since) : Map.of();
        return meant.stream()
                .flatMap(partition -> change(partition, to, times).stream())
                .filter(OffsetChange::isSome)
                .toList();
    }

    private static void requireOffsets(List<PartitionOffsets> meant) {
        List<String> silent = meant.stream()
                .filter(partition ->
                        partition.start().isEmpty() || partition.end().isEmpty())
                .map(partition -> partition.partition().toString())
                .toList();
        if (!silent.isEmpty()) {
            throw untold(silent, "begins and ends");
        }
    }

    private static ToolException untold(List<String> silent, String what) {
        return new ToolException(
                ToolException.Kind.BROKER,
                "where " + String.join(", ", silent) + " " + what
                        + " is not told, so nothing was reset; wait until"
                        + " these partitions have a leader, or name the others",
                null);
    }

    private static Map<TopicPartition, Long> times(Cluster cluster, List<PartitionOffsets> meant, ResetTo.Time since) {
        return times(
                meant,
                GroupReader.offsets(
                        cluster,
                        meant.stream().map(PartitionOffsets::partition).collect(Collectors.toSet()),
                        OffsetSpec.forTimestamp(Math.max(0, since.time().toEpochMilli()))));
    }

    /** A partition without a record that late answers, with an offset below zero; one that does not answer may have many. */
    static Map<TopicPartition, Long> times(List<PartitionOffsets> meant, Map<TopicPartition, Long> found) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        List<String> silent = new ArrayList<>();
        for (PartitionOffsets partition : meant) {
            Long offset = found.get(partition.partition());
            if (offset == null) {
                silent.add(partition.partition().toString());
            } else {
                offsets.put(partition.partition(), offset < 0 ? partition.end().orElseThrow() : offset);
            }
        }
        if (!silent.isEmpty()) {
            throw untold(silent, "was at that time");
        }
        return offsets;
    }

    private static Optional<OffsetChange> change(
            PartitionOffsets partition, ResetTo to, Map<TopicPartition, Long> times) {
        OptionalLong from = partition
                .committed()
                .map(origin -> OptionalLong.of(origin.offset()))
                .orElseGet(OptionalLong::empty);
        OptionalLong wanted = wanted(partition, to, times, from);
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(new OffsetChange(
                        partition.partition(),
                        partition.committed(),
                        Math.max(
                                partition.start().orElseThrow(),
                                Math.min(partition.end().orElseThrow(), wanted.getAsLong()))));
    }

    private static OptionalLong wanted(
            PartitionOffsets partition, ResetTo to, Map<TopicPartition, Long> times, OptionalLong from) {
        if (to instanceof ResetTo.Shift shift) {
            return from.isPresent() ? OptionalLong.of(saturated(from.getAsLong(), shift.by())) : from;
        }
        if (to instanceof ResetTo.Offset exact) {
            return OptionalLong.of(exact.offset());
        }
        if (to instanceof ResetTo.Time) {
            return OptionalLong.of(Objects.requireNonNull(times.get(partition.partition())));
        }
        return to instanceof ResetTo.Earliest ? partition.start() : partition.end();
    }

    private static long saturated(long offset, long by) {
        long sum = offset + by;
        return by > 0 && sum < offset ? Long.MAX_VALUE : sum;
    }
}
