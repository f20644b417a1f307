package io.bywash.simulation.oracle;

import io.bywash.simulation.cluster.PartitionLog;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Judges commits, when they are sent and when they are applied. */
final class CommitJudge {
    private final Truth truth;

    CommitJudge(Truth truth) {
        this.truth = truth;
    }

    void sent(String client, Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            Optional<Ownership> owner = truth.owner(new Truth.Place(client, partition));
            if (owner.isEmpty()) {
                truth.report(
                        Invariant.I3,
                        client + " commits " + offset.offset() + " of " + partition
                                + ", which it was told is no longer its own");
            } else {
                sent(owner.get(), offset);
                Committed commit = truth.of(partition).read(offset);
                told(owner.get(), commit);
                text(owner.get(), commit);
                failed(owner.get(), commit);
                counts(owner.get(), commit);
            }
        });
    }

    private void sent(Ownership owner, OffsetAndMetadata commit) {
        long offset = commit.offset();
        long before = owner.ask(offset);
        if (offset < before) {
            truth.report(Invariant.I3, owner + ": commit goes back from " + before + " to " + offset);
        }
        long frontier = owner.frontier();
        if (offset > frontier) {
            boolean late = truth.of(owner.partition()).wasHandledLate(frontier, offset);
            truth.report(
                    late ? Invariant.I6 : Invariant.I2,
                    owner + ": commit " + offset + " is beyond " + frontier + ", which is not complete"
                            + (late ? "; a call came back after the partition was given up" : ""));
        } else if (!isOf(owner, commit)) {
            truth.report(
                    Invariant.I2,
                    owner + ": commit " + offset + " carries leader epoch " + commit.leaderEpoch()
                            + ", and the record before it " + owner.epochBelow(offset));
        }
    }

    /**
     * Whether a commit carries the leader epoch of what is the last before it, record or not, or of what stands at it: whoever comes next
     * would be told otherwise that the log ends before it, or not be told that it does.
     */
    private boolean isOf(Ownership owner, OffsetAndMetadata commit) {
        Optional<Integer> before = owner.epochBelow(commit.offset());
        if (commit.leaderEpoch().isEmpty()) {
            return before.isEmpty();
        }
        PartitionLog log = truth.of(owner.partition()).log();
        int epoch = commit.leaderEpoch().get();
        return before.filter(later -> later > epoch).isEmpty()
                && log.endOf(epoch) >= commit.offset()
                && epoch <= log.leaderEpochAt(commit.offset());
    }

    private void told(Ownership owner, Committed commit) {
        for (ConsumerRecord<byte[], byte[]> record : commit.told()) {
            PartitionTruth of = truth.of(owner.partition());
            boolean gone = record.offset() < of.log().start();
            if (!gone && !owner.knowsComplete(record)) {
                boolean late = of.wasHandledLate(record.offset(), record.offset() + 1);
                truth.report(
                        late ? Invariant.I6 : Invariant.I2,
                        owner + ": commit " + commit.offset() + " says that " + record.offset()
                                + " is complete, which it is not");
            }
        }
    }

    private void text(Ownership owner, Committed commit) {
        Optional<String> due = owner.textAt(commit.offset());
        if (!commit.text().equals(due)) {
            truth.report(
                    Invariant.TEXT,
                    owner + ": commit " + commit.offset() + " has the text " + commit.text() + " instead of " + due);
        }
    }

    private void failed(Ownership owner, Committed commit) {
        for (ConsumerRecord<byte[], byte[]> record : commit.told()) {
            // One that is gone from the log may be told of until the commit is beyond it, since nobody completes it.
            boolean gone = record.offset() < truth.of(owner.partition()).log().start();
            if (!gone && commit.failed().containsKey(record.offset())) {
                truth.report(
                        Invariant.I7,
                        owner + ": commit " + commit.offset() + " says that " + record.offset()
                                + " has failed and that it is complete");
            }
        }
    }

    private void counts(Ownership owner, Committed commit) {
        commit.failed().values().forEach(failed -> {
            int most = owner.mostAttempts(failed);
            if (failed.attempts() > most) {
                truth.report(
                        Invariant.I7,
                        owner + ": commit " + commit.offset() + " says that " + failed.offset() + " has failed "
                                + failed.attempts() + " times, which it has at most " + most + " times");
            }
        });
    }

    void applied(String client, Map<TopicPartition, OffsetAndMetadata> offsets) {
        truth.tally().add(Tally.Kind.COMMITS);
        offsets.forEach((partition, offset) -> {
            PartitionTruth of = truth.of(partition);
            if (offset.offset() < of.committedOffset() && !of.mayBeBackAt(offset.offset())) {
                truth.report(
                        Invariant.I3,
                        client + " took the committed offset of " + partition + " back from " + of.committedOffset()
                                + " to " + offset.offset());
            }
            of.commit(offset);
            if (!of.committed().told().isEmpty()) {
                truth.tally().add(Tally.Kind.COMMITS_WITH_RANGES);
            }
        });
    }

    /** Looks at what is committed now. Called after every step. */
    void look() {
        for (PartitionTruth partition : truth.partitions()) {
            long open = partition.lowestOpen();
            if (partition.committedOffset() > open) {
                truth.report(
                        partition.wasHandledLate(open, partition.committedOffset()) ? Invariant.I6 : Invariant.I1,
                        partition.partition() + ": " + partition.committedOffset()
                                + " is committed, but nobody is done with " + open);
            }
            for (ConsumerRecord<byte[], byte[]> record : partition.committed().told()) {
                if (!partition.isDoneOrGone(record)) {
                    truth.report(
                            Invariant.I1,
                            partition.partition() + ": " + record.offset()
                                    + " is committed as complete, but nobody is done with it");
                }
            }
        }
    }
}
