package io.bywash.simulation;

import io.bywash.core.commit.CommittedOffset;
import io.bywash.core.session.Origin;
import io.bywash.core.session.TopicId;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What stands beside the offsets that are committed once everything is done. Epochs, times and ids differ from cluster to cluster, so each is
 * held against what is so where it was committed.
 */
final class LastCommits {
    private final Set<String> wrong = new TreeSet<>();
    private int epochs;

    /**
     * Takes one in.
     *
     * @param partition the partition
     * @param commit what is committed for it
     * @param epoch the leader epoch of its last record
     * @param topic which topic it is of
     */
    void add(TopicPartition partition, OffsetAndMetadata commit, int epoch, TopicId topic) {
        Origin told = CommittedOffset.origin(partition, commit);
        require(partition, told.failed().isEmpty(), "tells of failed records: " + told.failed());
        require(partition, told.done().isEmpty(), "tells of complete records beyond the last: " + told.done());
        require(partition, told.groupStart().isPresent(), "does not tell when the group began: " + commit);
        require(partition, told.text().isEmpty(), "tells a text that nobody wrote: " + commit);
        told.leaderEpoch().ifPresent(found -> {
            epochs++;
            require(partition, found == epoch, "tells of epoch " + found + " instead of " + epoch);
        });
        // A member is sure of that only after 9.5 s, which few on a real broker live to see.
        told.topic()
                .ifPresent(found -> require(partition, found.equals(topic), "is of " + found + " instead of " + topic));
    }

    private void require(TopicPartition partition, boolean isSo, String otherwise) {
        if (!isSo) {
            String word = partition.topic().substring(partition.topic().lastIndexOf('-') + 1);
            wrong.add(word + "-" + partition.partition() + " " + otherwise);
        }
    }

    /** Returns what is not as it has to be. */
    Set<String> wrong() {
        return wrong;
    }

    /** Returns how many tell of a leader epoch. */
    int epochs() {
        return epochs;
    }
}
