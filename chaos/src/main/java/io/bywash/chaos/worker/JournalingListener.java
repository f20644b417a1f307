package io.bywash.chaos.worker;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.event.GroupListener;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/** Writes down what the oracle wants to know beside calls. Any thread. */
final class JournalingListener implements GroupListener {
    private static final long LAST_SECONDS = 5;

    private final Journal journal;
    private final CountDownLatch last = new CountDownLatch(1);

    JournalingListener(Journal journal) {
        this.journal = journal;
    }

    @Override
    public void on(GroupEvent event) {
        if (event instanceof GroupEvent.LateResult late) {
            write(Mark.LATE, late.record().partition(), late.record().offset());
        } else if (event instanceof GroupEvent.AttemptFailed failed) {
            journal.write(
                    Mark.ATTEMPT_COUNTED,
                    failed.record().partition().partition(),
                    failed.record().offset(),
                    failed.attempt());
        } else if (event instanceof GroupEvent.PartitionsStarted started) {
            started.positions().forEach((partition, position) -> write(Mark.STARTED, partition, position));
        } else if (event instanceof GroupEvent.PositionJumped jumped) {
            jumped(jumped);
        } else if (event instanceof GroupEvent.PartitionHalted halted) {
            write(Mark.HALTED, halted.at().partition(), halted.at().offset());
        } else if (event instanceof GroupEvent.DeadLetterFailed refused) {
            write(
                    Mark.LETTER_REFUSED,
                    refused.record().partition(),
                    refused.record().offset());
        } else if (event instanceof GroupEvent.CommitFailed) {
            journal.write(Mark.COMMIT_FAILED, -1, -1, 0);
        } else if (event instanceof GroupEvent.RebalanceStarted) {
            journal.write(Mark.REBALANCING, -1, -1, 0);
        } else if (event instanceof GroupEvent.RebalanceFailed) {
            journal.write(Mark.REBALANCE_FAILED, -1, -1, 0);
        } else if (event instanceof GroupEvent.RebalanceCompleted shared) {
            shared.released().forEach(partition -> write(Mark.RELEASED, partition, -1));
        } else if (event instanceof GroupEvent.EventsDropped dropped) {
            journal.write(Mark.EVENTS_DROPPED, -1, dropped.count(), 0);
        } else if (event instanceof GroupEvent.StateChanged changed
                && changed.to().isFinal()) {
            last.countDown();
        }
    }

    /** Waits for the event after which there is none; not for long, since it is the end of a process. */
    void awaitLast() {
        try {
            last.await(LAST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void jumped(GroupEvent.PositionJumped jumped) {
        if (jumped.reason() == JumpReason.RECREATED) {
            write(Mark.RECREATED, jumped.partition(), jumped.to());
        } else {
            write(Mark.JUMPED, jumped.partition(), jumped.from());
        }
    }

    private void write(Mark mark, TopicPartition partition, long offset) {
        journal.write(mark, partition.partition(), offset, 0);
    }
}
