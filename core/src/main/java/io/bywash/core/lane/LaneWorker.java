package io.bywash.core.lane;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.thread.Next;
import io.bywash.core.worker.Tenure;
import io.bywash.core.worker.WorkerContext;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * The worker of one partition whose records are handled by lanes. It makes no call for a record itself: it tells the handler that the
 * partition came and went, and sees to the records that have failed, so that neither needs a lane. What the lanes do is ordered by
 * its {@link Sequencer}.
 *
 * <p>The poll thread calls the methods of {@link RecordTaker}, the worker's runner those of {@link Tenure.Work}, lanes the rest.
 */
final class LaneWorker implements RecordTaker, Tenure.Work {
    private final WorkerContext context;
    private final PartitionSession session;
    private final HandlerBinding<?, ?> binding;
    private final Lanes lanes;
    private final Recoveries recoveries;
    private final Sequencer sequencer;
    private final Tenure tenure;
    private final PendingStages stages = new PendingStages();
    private final AtomicBoolean attended = new AtomicBoolean();
    private volatile boolean begun;

    LaneWorker(
            Lanes lanes,
            PartitionSession session,
            HandlerBinding<?, ?> binding,
            BooleanSupplier formerQuiet,
            Sequencer.Order order) {
        this.context = lanes.context();
        this.session = session;
        this.binding = binding;
        this.lanes = lanes;
        this.recoveries = new Recoveries(context, session, binding.name(), this::signalWorker);
        this.sequencer = new Sequencer(this, session, order, recoveries);
        this.tenure = new Tenure(context, session, binding, formerQuiet, this);
    }

    PartitionSession session() {
        return session;
    }

    TopicPartition topicPartition() {
        return session.partition();
    }

    HandlerBinding<?, ?> binding() {
        return binding;
    }

    Sequencer sequencer() {
        return sequencer;
    }

    /** Sees to it that a lane comes if there is something to do and none is on its way. May be called from any thread. */
    void attend() {
        // Whoever has the turn comes here after it.
        boolean wanted = begun && session.isOpen() && sequencer.hasWork() && !sequencer.isInTurn();
        if (wanted && attended.compareAndSet(false, true)) {
            lanes.enlist(this);
        }
    }

    /** Says that the lane which was on its way is here. */
    void leave() {
        attended.set(false);
    }

    /** Says that the lane which was here is going. */
    void part() {
        leave();
        attend();
    }

    @Override
    public void begin() {
        // Nothing is needed before the handler hears of the partition.
    }

    @Override
    public Next proceed() {
        if (!begun) {
            begun = true;
            attend();
        }
        Next next = Next.sooner(recoveries.proceed(sequencer), gather());
        attend();
        boolean over = !session.isOpen() && recoveries.canLetGo() && sequencer.isAtRest();
        return over ? Next.DONE : next;
    }

    /** Has what has waited long enough for others go without them; once a lane has taken it, the worker is told what is due next. */
    private Next gather() {
        long due = sequencer.due();
        if (due == Supply.NEVER || !session.isOpen()) {
            return Next.IDLE;
        }
        if (context.now() - due < 0) {
            return Next.at(due);
        }
        sequencer.settle(null);
        return Next.IDLE;
    }

    @Override
    public void end() {
        // The lanes, which have the deserialisers, go on with other partitions.
    }

    @Override
    public void start() {
        tenure.running().start();
    }

    @Override
    public void signal() {
        sequencer.batchCame();
        attend();
        if (!session.isOpen() || session.failed().areHalted()) {
            signalWorker();
        }
    }

    private void signalWorker() {
        tenure.running().signal();
    }

    @Override
    public void report() {
        sequencer.settle(null);
        attend();
    }

    @Override
    public boolean isQuiet() {
        return tenure.isQuiet();
    }

    @Override
    public void interrupt() {
        lanes.interrupt(session);
        stages.interrupt();
        tenure.running().interrupt();
    }

    @Override
    public List<CallInFlight> calls() {
        if (sequencer.calls() == 0) {
            return List.of();
        }
        List<CallInFlight> calls = lanes.calls(session);
        stages.addTo(calls);
        return calls;
    }

    @Override
    public void timeOut(CallInFlight.Id call) {
        lanes.timeOut(session, call);
        stages.timeOut(call);
    }

    /** Returns the stages of this partition that are pending. */
    PendingStages stages() {
        return stages;
    }
}
