package io.bywash.simulation.oracle;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.worker.AttemptTimedOutException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Judges what processes tell of themselves. */
final class EventJudge {
    private final Truth truth;
    private final Members members;
    private final HandoverJudge handovers;
    private final PositionJudge positions;
    private final LetterJudge letters;
    private final Orders orders = new Orders();

    EventJudge(Truth truth, Members members, HandoverJudge handovers, PositionJudge positions, LetterJudge letters) {
        this.truth = truth;
        this.members = members;
        this.handovers = handovers;
        this.positions = positions;
        this.letters = letters;
    }

    /** Returns what operators know and want. */
    Orders orders() {
        return orders;
    }

    /** Judges an event at the moment it is told. */
    void heard(String process, GroupEvent event) {
        if (event instanceof GroupEvent.Skipped skipped) {
            skipped(new Truth.Place(process, skipped.record().partition()), skipped);
        } else if (event instanceof GroupEvent.PartitionHalted halted) {
            halted(
                    new Truth.Place(process, halted.at().partition()),
                    halted.at().offset());
        } else if (event instanceof GroupEvent.AttemptFailed failed) {
            followedUp(new Truth.Place(process, failed.record().partition()), failed);
        } else if (event instanceof GroupEvent.PartitionsStarted started) {
            started.positions()
                    .forEach((partition, position) -> positions.started(new Truth.Place(process, partition), position));
        } else if (event instanceof GroupEvent.PositionJumped jump) {
            positions.jumped(new Truth.Place(process, jump.partition()), jump);
        } else if (event instanceof GroupEvent.ConsumerFailed end) {
            truth.tally().add(Tally.Kind.FAILED_CONSUMERS);
            if (end.cause() instanceof ConsumerFailedException known
                    && known.kind() == ConsumerFailedException.Kind.FENCED) {
                truth.tally().add(Tally.Kind.FENCED_CONSUMERS);
                handovers.fenced(process);
            } else {
                handovers.failed(process);
            }
        }
    }

    private void followedUp(Truth.Place place, GroupEvent.AttemptFailed failed) {
        long offset = failed.record().offset();
        Optional<Ownership> owner = truth.owner(place);
        if (owner.isEmpty()) {
            truth.report(
                    Invariant.I6,
                    place + ": a failure at " + offset + " is followed up although the partition was given up");
        } else if (failed.cause() instanceof AttemptTimedOutException) {
            // A stage that was late may complete before it is asked to give up, and only that is seen from here.
            owner.get().doubt(offset);
        }
    }

    private void halted(Truth.Place place, long offset) {
        truth.tally().add(Tally.Kind.HALTED);
        orders.halted(place, offset);
        truth.owner(place).ifPresent(owner -> {
            // A partition that halts at a position, and not at a record, has not been given that.
            owner.record(offset).ifPresent(record -> halted(owner, record));
            // What follows, an order or a stop, may begin the count anew.
            owner.attempts().forget(offset);
        });
    }

    private void halted(Ownership owner, ConsumerRecord<byte[], byte[]> record) {
        if (members.usual().failures().onFailure() != OnFailure.HALT) {
            truth.report(Invariant.I1, owner + ": " + record.offset() + " is halted, which nobody wanted");
        }
        letters.halted(owner, record);
    }

    private void skipped(Truth.Place place, GroupEvent.Skipped skipped) {
        long offset = skipped.record().offset();
        if (orders.takeSkip(place, offset)) {
            letters.skippedByOrder(place, offset);
        } else if (members.usual().failures().onFailure() == OnFailure.SKIP) {
            letters.skipped(place, offset, skipped.attempts());
        } else {
            truth.report(Invariant.I1, place + ": " + offset + " was skipped, which nobody wanted");
        }
    }
}
