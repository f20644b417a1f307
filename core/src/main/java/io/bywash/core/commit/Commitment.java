package io.bywash.core.commit;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.ledger.Frontier;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What is committed for one session, and what that tells the next owner.
 *
 * @param offset what the broker gets
 * @param failed the failed records it is about
 * @param done what it says is complete beyond the offset
 * @param topic which topic the offset is known to be of
 */
record Commitment(OffsetAndMetadata offset, List<FailedRecord> failed, DoneRanges done, Optional<TopicId> topic) {

    static Commitment of(
            PartitionSession session, Frontier frontier, List<FailedRecord> failed, MetadataBudget.Request budget) {
        Optional<String> own = frontier.text().or(() -> session.origin().text());
        List<FailedRecord> ahead = failed.stream()
                .filter(record -> record.offset() >= frontier.offset())
                .toList();
        CommitMetadata metadata = budget.isSilent()
                ? CommitMetadata.silent(own)
                : new CommitMetadata(session.origin().groupStart(), session.topicId(), ahead, frontier.done(), own);
        String text = metadata.encode(frontier.offset(), budget.allowance());
        budget.used(text.length());
        return new Commitment(
                new OffsetAndMetadata(frontier.offset(), frontier.leaderEpoch(), text),
                ahead,
                frontier.done(),
                session.topicId());
    }

    void acknowledgedFor(PartitionSession session) {
        session.commits().acknowledged(offset.offset(), failed, done, topic);
        // One that failed under a former owner may be gone from the log, so that nobody completes it.
        session.failed().removeThrough(offset.offset() - 1);
    }

    /** Tells whether its text names the topic, for which there may have been no room. */
    boolean tellsTopic() {
        return topic.filter(id -> offset.metadata().contains(" t=" + id)).isPresent();
    }

    /** Tells whether anything could be left out to make the commit smaller. */
    boolean isReducible() {
        return !failed.isEmpty() || !done.isEmpty();
    }
}
