package io.bywash.core.worker;

import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.session.PartitionSession;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Says what a call that is over means for its record. May be used by any thread. */
public final class Verdict {
    private final WorkerContext context;

    /** What a call means. */
    public enum Outcome {
        /** The record is complete. */
        HANDLED,
        /** The attempt failed. */
        FAILED,
        /** Nothing: the partition is gone or going, and the next owner has the record. */
        VOID
    }

    /**
     * Creates a judge.
     *
     * @param context what the consumer's workers share
     */
    public Verdict(WorkerContext context) {
        this.context = context;
    }

    /**
     * Judges a call.
     *
     * @param session the session the record was taken from
     * @param record the record
     * @param failure what was thrown, if anything was
     * @return what it means
     */
    public Outcome on(PartitionSession session, ConsumerRecord<?, ?> record, Optional<Throwable> failure) {
        if (!session.state().counts()) {
            context.metrics().add(Count.LATE, 1);
            context.events()
                    .publish(new GroupEvent.LateResult(new RecordPosition(session.partition(), record.offset())));
            failure.filter(Error.class::isInstance).ifPresent(context.fatal());
            return Outcome.VOID;
        }
        if (failure.isEmpty()) {
            return Outcome.HANDLED;
        }
        // An attempt that revocation cut short says nothing about the record, and the next owner has all of them.
        boolean cutShort = !session.isOpen() && !(failure.get() instanceof Error);
        return cutShort ? Outcome.VOID : Outcome.FAILED;
    }
}
