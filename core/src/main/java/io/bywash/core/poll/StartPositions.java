package io.bywash.core.poll;

import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.environment.Environment;
import io.bywash.core.session.Origin;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.StartFrom;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Finds out where partitions begin: at what the group committed, or where {@code start-from} says. Every question to the broker is
 * bounded by one time-out, and all of them together by a sixth of the time there may be between two polls.
 *
 * <p>When a group that starts from a moving place ({@code latest}, a duration) meets a partition without a commit, the place is
 * counted from the group's first start, which travels with every commit and is kept here. So nothing written between the first start and
 * the discovery of a partition is passed over. Redrive topics begin at their start whatever the setting: what is in them was sent to this
 * group.
 */
final class StartPositions {
    private final ConsumerSettings settings;
    private final Duration timeout;
    private final long allNanos;
    private final Environment environment;
    private final TopicIds topicIds;
    private final LeaderEpochs leaderEpochs;
    private long until;

    /** The first start that was found in commits or made here. A topic that is deleted takes its commits along. */
    private Optional<Instant> groupStart = Optional.empty();

    /**
     * Creates the search.
     *
     * @param timeout how long one question may take
     * @param leaderEpochs takes in those that the client learns from the answers
     */
    StartPositions(PollContext context, Duration timeout, LeaderEpochs leaderEpochs) {
        this.settings = context.settings();
        this.timeout = timeout;
        this.environment = context.environment();
        this.topicIds = context.topicIds();
        this.leaderEpochs = leaderEpochs;
        // A drain may take a third of the interval before it, and both must fit into half.
        this.allNanos = Duration.ofMillis(settings.kafka().maxPollIntervalMs()).toNanos() / 6;
    }

    /** Returns how long the next question may take, in whole milliseconds at least. */
    private Duration left() {
        Duration left = Duration.ofNanos(until - environment.ticker().nanos());
        if (left.toMillis() <= 0) {
            // Without time the client asks nobody, and what it returns looks like an answer: no record so late.
            throw new TimeoutException(
                    "the broker took longer than " + Duration.ofNanos(allNanos).toMillis()
                            + " ms, a sixth of max.poll.interval.ms, to tell where partitions begin");
        }
        return left.compareTo(timeout) < 0 ? left : timeout;
    }

    /**
     * Where partitions begin.
     *
     * @param committed those the group has been through before
     * @param fresh those without a commit
     */
    record Found(Map<TopicPartition, Origin> committed, Map<TopicPartition, Origin> fresh) {}

    Found find(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        until = environment.ticker().nanos() + allNanos;
        Map<TopicPartition, Origin> known = new HashMap<>();
        Set<TopicPartition> unknown = new HashSet<>(partitions);
        committed(consumer, new HashSet<>(partitions)).forEach((partition, committed) -> {
            known.put(partition, ofHere(CommittedOffset.origin(partition, committed)));
            unknown.remove(partition);
        });
        // Should their topic be deleted one day, nobody else will know it.
        known.values().forEach(origin -> remember(origin.groupStart()));
        return new Found(known, unknown.isEmpty() ? Map.of() : fresh(consumer, unknown));
    }

    /** Returns what is committed, without the partitions of which nothing is. */
    private Map<TopicPartition, OffsetAndMetadata> committed(
            Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        consumer.committed(partitions, left()).forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset);
                leaderEpochs.heard(partition, CommittedOffset.topic(offset), offset.leaderEpoch());
            }
        });
        return committed;
    }

    /** Whoever copies offsets to another cluster puts others in their place, and leaves the text beside them as it was. */
    private Origin ofHere(Origin origin) {
        return origin.topic().filter(topicIds::isFromElsewhere).isPresent() ? origin.alone() : origin;
    }

    private Map<TopicPartition, Origin> fresh(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        remember(firstStart(consumer, partitions));
        boolean startsNow = groupStart.isEmpty();
        Instant start = groupStart.orElseGet(environment.clock()::instant);
        Set<TopicPartition> comingBack =
                partitions.stream().filter(this::comesBack).collect(Collectors.toSet());
        Set<TopicPartition> others = new HashSet<>(partitions);
        others.removeAll(comingBack);
        Question question = new Question(settings.startFrom(), start, startsNow);
        Map<TopicPartition, Long> offsets = new HashMap<>(offsets(consumer, others, question));
        offsets.putAll(offsets(consumer, comingBack, question.from(new StartFrom.Earliest())));
        Map<TopicPartition, Origin> fresh = new HashMap<>();
        offsets.forEach((partition, offset) -> fresh.put(partition, Origin.fresh(offset, start)));
        remember(Optional.of(start));
        return fresh;
    }

    private void remember(Optional<Instant> start) {
        if (groupStart.isEmpty() || start.filter(groupStart.get()::isAfter).isPresent()) {
            groupStart = start;
        }
    }

    private boolean comesBack(TopicPartition partition) {
        return !settings.sourceOf(partition.topic()).equals(partition.topic());
    }

    /** Where to begin, for a group that first started at a time, which may be now. */
    private record Question(StartFrom from, Instant groupStart, boolean startsNow) {
        Instant time() {
            if (from instanceof StartFrom.At at) {
                return at.time();
            }
            return from instanceof StartFrom.Ago ago ? groupStart.minus(ago.age()) : groupStart;
        }

        Question from(StartFrom other) {
            return new Question(other, groupStart, startsNow);
        }
    }

    private Map<TopicPartition, Long> offsets(
            Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions, Question question) {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        if (question.from() instanceof StartFrom.Offsets given) {
            Set<TopicPartition> others = new HashSet<>(partitions);
            others.removeAll(given.offsets().keySet());
            Question rest = question.from(given.otherwise());
            Map<TopicPartition, Long> offsets = new HashMap<>(given.offsets());
            offsets.keySet().retainAll(partitions);
            offsets.putAll(offsets(consumer, others, rest));
            return offsets;
        }
        if (question.from() instanceof StartFrom.Earliest) {
            return consumer.beginningOffsets(partitions, left());
        }
        if (question.from() instanceof StartFrom.Latest && question.startsNow()) {
            return consumer.endOffsets(partitions, left());
        }
        return firstSince(consumer, partitions, question.time());
    }

    private Map<TopicPartition, Long> firstSince(
            Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions, Instant time) {
        long millis = Math.max(0, time.toEpochMilli());
        Map<TopicPartition, Long> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> millis));
        Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions, left()));
        for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
                consumer.offsetsForTimes(asked, left()).entrySet()) {
            if (found.getValue() != null) {
                offsets.put(found.getKey(), found.getValue().offset());
            }
        }
        return offsets;
    }

    /** Reads the group's first start from the commits of all partitions of the topics concerned. */
    private Optional<Instant> firstStart(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        Set<String> topics = new HashSet<>(consumer.subscription());
        partitions.forEach(partition -> topics.add(partition.topic()));
        Set<TopicPartition> siblings = new HashSet<>();
        for (String topic : topics) {
            consumer.partitionsFor(topic, left())
                    .forEach(info -> siblings.add(new TopicPartition(info.topic(), info.partition())));
        }
        Optional<Instant> first = Optional.empty();
        for (OffsetAndMetadata committed : committed(consumer, siblings).values()) {
            Optional<Instant> start = CommittedOffset.groupStart(committed);
            if (start.isPresent() && first.filter(start.get()::isAfter).isEmpty()) {
                first = start;
            }
        }
        return first;
    }
}
