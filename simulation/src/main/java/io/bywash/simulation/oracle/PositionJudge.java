package io.bywash.simulation.oracle;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.settings.Buffers;
import io.bywash.simulation.cluster.PartitionLog;
import java.util.HashMap;
import java.util.Map;

/** Judges what is fetched: from where, and how much may wait already. */
final class PositionJudge {
    private final Truth truth;
    private final Buffers buffers;
    private final Map<String, Long> bytesAtPoll = new HashMap<>();

    PositionJudge(Truth truth, Buffers buffers) {
        this.truth = truth;
        this.buffers = buffers;
    }

    void polled(String client) {
        long bytes = 0;
        for (Ownership owner : truth.owners()) {
            if (owner.client().equals(client)) {
                bytes += owner.waitingBytes();
                owner.unheard().ifPresent(jump -> truth.report(Invariant.I11, owner + ": no event tells of " + jump));
            }
        }
        bytesAtPoll.put(client, bytes);
    }

    void sought(Truth.Place place, long offset) {
        truth.owner(place).ifPresent(owner -> {
            if (owner.handout().resetTo().filter(target -> target == offset).isPresent()) {
                truth.tally().add(Tally.Kind.RESETS);
                truth.reset(owner, offset);
            } else if (!owner.mayGoTo(offset, truth.of(place.partition()).log().start())) {
                truth.report(Invariant.I11, owner + ": goes to " + offset + " instead of " + owner.next());
            }
        });
    }

    void fetched(Truth.Place place, long position, PartitionLog.Fetched fetched) {
        truth.owner(place).ifPresent(owner -> {
            if (!owner.readsOnAt(position)) {
                truth.report(Invariant.I11, owner + ": reads on at " + position + " instead of " + owner.next());
            }
            if (fetched.records().isEmpty()) {
                truth.tally().add(Tally.Kind.EMPTY_MOVES);
            } else {
                room(owner);
            }
            owner.deliver(fetched);
        });
    }

    private void room(Ownership owner) {
        int waiting = owner.waiting().size();
        if (waiting >= buffers.recordsPerPartition()) {
            truth.report(
                    Invariant.I9,
                    owner + ": is fetched although " + waiting + " records wait, of at most "
                            + buffers.recordsPerPartition());
        }
        long bytes = bytesAtPoll.getOrDefault(owner.client(), 0L);
        if (bytes >= buffers.bytes() && waiting > 0) {
            truth.report(
                    Invariant.I9,
                    owner + ": is fetched although " + bytes + " bytes wait, of at most " + buffers.bytes());
        }
    }

    /** Where it begins may be further on than the log did when the partition came. */
    void started(Truth.Place place, long position) {
        truth.owner(place).ifPresent(owner -> owner.starts(position));
    }

    void jumped(Truth.Place place, GroupEvent.PositionJumped jump) {
        truth.owner(place).ifPresent(owner -> {
            boolean real = owner.hears(new Ownership.Jump(jump.from(), jump.to()));
            if (!real && jump.reason() == JumpReason.RETENTION) {
                truth.report(
                        Invariant.I11,
                        owner + ": an event tells of a jump from " + jump.from() + " to " + jump.to()
                                + " that was none");
            }
            truth.tally().add(Tally.Kind.JUMPS);
        });
    }
}
