package io.bywash.core.commit;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Origin;
import io.bywash.core.session.TopicId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what a former owner committed, and writes the same for those who keep a position of their own. */
public final class CommittedOffset {
    private static final Logger LOG = LoggerFactory.getLogger(CommittedOffset.class);

    private CommittedOffset() {}

    /**
     * Reads a committed offset. Metadata of others, or damaged, is ignored with a warning.
     *
     * @param partition for the warning
     * @param committed what the broker holds
     * @return where the new owner begins
     */
    public static Origin origin(Object partition, OffsetAndMetadata committed) {
        Optional<CommitMetadata> metadata = CommitMetadata.decode(committed.offset(), committed.metadata());
        if (metadata.isEmpty()) {
            LOG.warn(
                    "the commit of {} carries metadata that is not Bywash's or is damaged; it is ignored, the offset {} counts",
                    partition,
                    committed.offset());
        }
        return new Origin(
                committed.offset(),
                committed.leaderEpoch(),
                metadata.map(CommitMetadata::failed).orElse(List.of()),
                metadata.map(CommitMetadata::done).orElse(DoneRanges.NONE),
                metadata.flatMap(CommitMetadata::groupStart),
                metadata.flatMap(CommitMetadata::user),
                metadata.flatMap(CommitMetadata::topic));
    }

    /**
     * Writes an offset and what is complete beyond it.
     *
     * @param origin where whoever comes next begins; failed records and the text of an application are not written
     * @param maxChars how long the metadata may be
     * @return what to commit, or nothing if not all of it fits
     */
    public static Optional<OffsetAndMetadata> of(Origin origin, int maxChars) {
        CommitMetadata metadata =
                new CommitMetadata(origin.groupStart(), origin.topic(), List.of(), origin.done(), Optional.empty());
        String text = metadata.encode(origin.offset(), maxChars);
        return CommitMetadata.decode(origin.offset(), text)
                .filter(metadata::equals)
                .map(same -> new OffsetAndMetadata(origin.offset(), origin.leaderEpoch(), text));
    }

    /**
     * Reads which topic an offset is of.
     *
     * @param committed what the broker holds
     * @return the topic, if the commit tells
     */
    public static Optional<TopicId> topic(OffsetAndMetadata committed) {
        return CommitMetadata.decode(committed.offset(), committed.metadata()).flatMap(CommitMetadata::topic);
    }

    /**
     * Reads when the group first started.
     *
     * @param committed what the broker holds for some partition of the group
     * @return the time, if the commit tells
     */
    public static Optional<Instant> groupStart(OffsetAndMetadata committed) {
        return CommitMetadata.decode(committed.offset(), committed.metadata()).flatMap(CommitMetadata::groupStart);
    }
}
