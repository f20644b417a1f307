package io.bywash.tools.deadletter;

import io.bywash.tools.ToolException;
import io.bywash.tools.cluster.Cluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds out which letters have gone back. Brokers drop the positions of a group nobody is in, each in its time, and a letter stays where
 * it is: without its position everything would go back once more, so a redrive is refused where one is missing that may have been there.
 * What leaves no trace it cannot see: once all positions are gone, letters that only ever went to their source are new to a redrive to
 * the group. To refuse there as well would refuse the first redrive of all old letters. Not thread-safe.
 */
final class RedriveHistory {
    private final RedriveRequest request;
    private final Cluster cluster;
    private final LetterLog log;
    private Map<TopicPartition, Long> starts = Map.of();
    private Set<TopicPartition> lost = Set.of();

    RedriveHistory(RedriveRequest request, Cluster cluster, LetterLog log) {
        this.request = request;
        this.cluster = cluster;
        this.log = log;
    }

    /**
     * Returns what of each partition has gone back. Where nobody knows, nothing has.
     *
     * @throws ToolException if nobody knows, and those that have gone back are not asked for
     */
    Map<TopicPartition, RedrivenLetters> redriven() {
        List<TopicPartition> partitions = cluster.partitions(request.source().topic());
        Map<TopicPartition, OffsetAndMetadata> committed = log.committed(partitions);
        starts = log.starts(partitions);
        Set<TopicPartition> missing = new HashSet<>(partitions);
        missing.removeAll(committed.keySet());
        lost = missing.isEmpty() ? Set.of() : lost(missing, !committed.isEmpty());
        return letters(committed);
    }

    private Map<TopicPartition, RedrivenLetters> letters(Map<TopicPartition, OffsetAndMetadata> committed) {
        Map<TopicPartition, RedrivenLetters> letters = new HashMap<>();
        starts.forEach((partition, start) ->
                letters.put(partition, new RedrivenLetters(partition, committed.get(partition), start)));
        return letters;
    }

    /**
     * Returns the same, but where nobody knows, the letters from before the redrive's {@code since} have gone back. To be committed
     * before anything is sent, or it would be forgotten if that is cut short.
     *
     * @param position makes what is committed
     */
    Map<TopicPartition, RedrivenLetters> settled(
            BiFunction<TopicPartition, RedrivenLetters, OffsetAndMetadata> position) {
        Map<TopicPartition, RedrivenLetters> known = redriven();
        Optional<Instant> since = request.filter().since();
        if (lost.isEmpty() || since.isEmpty()) {
            return known;
        }
        long begin = since.get().toEpochMilli();
        Map<TopicPartition, Long> from = new HashMap<>(starts);
        from.keySet().retainAll(lost);
        log.read(from, known, (record, letters) -> {
            if (record.timestamp() < begin) {
                letters.gone(record);
            } else {
                letters.left(record);
            }
            return true;
        });
        Map<TopicPartition, OffsetAndMetadata> settled = new HashMap<>();
        known.forEach((partition, letters) -> settled.put(partition, position.apply(partition, letters)));
        return letters(settled);
    }

    /**
     * Returns the partitions that may have had a position. Every redrive begins by writing those of all partitions, so one that lacks
     * it beside others is new, or its position is gone; if it is new, its letters are.
     */
    private Set<TopicPartition> lost(Set<TopicPartition> missing, boolean othersAreKnown) {
        if (!othersAreKnown && hasCopies()) {
            return required(missing, "the redrive topic has records");
        }
        if (!othersAreKnown && request.target() != RedriveTarget.SOURCE) {
            return Set.of();
        }
        Optional<Duration> kept = cluster.offsetRetention();
        return required(
                aged(missing, kept),
                (othersAreKnown ? "other partitions have one" : "what goes back to its source leaves no other trace")
                        + (kept.isPresent()
                                ? ""
                                : ", and how long brokers keep positions is not told, by them or to this user, who needs DESCRIBE_CONFIGS"
                                        + " on the cluster for it, so no letter is too young"));
    }

    private boolean hasCopies() {
        List<TopicPartition> targets = request.source().redriveTopics().values().stream()
                .flatMap(name -> name.stream())
                .flatMap(name -> cluster.partitions(name).stream())
                .toList();
        return !targets.isEmpty() && log.distance(log.starts(targets)) > 0;
    }

    /**
     * Returns those whose first letter has a timestamp from before brokers would have dropped a position; where it is not known when they
     * do, all that have letters. The timestamp is that of the record that failed, unless the topic sets its own, so a letter counts as
     * old although only its record is, and may be refused for nothing. One whose record is dated later than it was written counts as
     * young although it may have gone back.
     */
    private Set<TopicPartition> aged(Collection<TopicPartition> partitions, Optional<Duration> kept) {
        Map<TopicPartition, Long> young = kept.map(
                        time -> log.offsets(partitions, Instant.now().minus(time)))
                .orElseGet(() -> log.ends(partitions));
        Set<TopicPartition> aged = new HashSet<>(partitions);
        aged.removeIf(partition -> young.getOrDefault(partition, Long.MAX_VALUE) <= starts.getOrDefault(partition, 0L));
        return aged;
    }

    private Set<TopicPartition> required(Set<TopicPartition> lost, String evidence) {
        if (!lost.isEmpty() && request.scope() == RedriveScope.PENDING) {
            throw ToolException.refused(
                    "nobody knows which letters of " + request.source().topic()
                            + " have gone back: group "
                            + LetterLog.groupOf(request.source().topic())
                            + " has no position for " + lost.size() + (lost.size() == 1 ? " partition" : " partitions")
                            + ", which brokers drop after offsets.retention.minutes, and " + evidence
                            + ". Redrive with --again (in the console: those that have gone back before as well): all letters go back, or"
                            + " with --since (From) those from that time on, and the earlier ones count as gone back");
        }
        return lost;
    }
}
