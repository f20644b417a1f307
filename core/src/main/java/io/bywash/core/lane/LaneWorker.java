package io.bywash.core.lane;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.metrics.HandlerTimes;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.Standstill;
import io.bywash.core.thread.Next;
import io.bywash.core.worker.Tenure;
import io.bywash.core.worker.WorkerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The worker of one partition whose records are handled by lanes. It makes no call for a record itself: it tells the handler that the
 * partition came and went, and sees to the records that have failed, so that neither needs a lane. What the lanes do is ordered by
 * its {@link Sequencer}.
 *
 * <p>The poll thread calls the methods of {@link RecordTaker}, the worker's runner those of {@link Tenure.Work}, lanes the rest.
 */
final class LaneWorker implements RecordTaker, Tenure.Work {
    private static final long REPEAT_NANOS = 1_000_000;

    private final WorkerContext context;
    private final PartitionSession session;
    private final HandlerBinding<?, ?> binding;
    private final Lanes lanes;
    private final HandlerTimes times;
    private final Recoveries recoveries;
    private final Sequencer sequencer;
    private final Tenure tenure;
    private final PendingStages stages = new PendingStages();
    private final AtomicBoolean attended = new AtomicBoolean();
    private volatile boolean begun;
    private volatile boolean interrupted;

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
        this.times = context.times(binding.name());
        this.recoveries =
                new Recoveries(context, session, binding.name(), order.keys().scope(), this::signalWorker);
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

    HandlerTimes times() {
        return times;
    }

    Sequencer sequencer() {
        return sequencer;
    }

    /** Sees to it that a lane comes if there is something to do and none is on its way. May be called from any thread. */
    void attend() {
        // Whoever has the turn comes here after it.
        boolean wanted = begun && session.isOpen() && (sequencer.hasWork() || isDue()) && !sequencer.isInTurn();
        if (wanted && attended.compareAndSet(false, true)) {
            lanes.enlist(this);
        }
    }

    /** Tells whether what has waited for others has waited long enough to go without them. */
    private boolean isDue() {
        long due = sequencer.due();
        return due != Supply.NEVER && context.now() - due >= 0;
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
        stages.cancelLate();
        Next next = Next.sooner(recoveries.proceed(sequencer), gather());
        attend();
        if (session.isOpen()) {
            return next;
        }
        // In this order: a call that ends may leave a failure behind, and once none is under way no more can come.
        boolean over = sequencer.isAtRest() && recoveries.canLetGo();
        return over ? Next.DONE : Next.sooner(next, interruptCalls());
    }

    /** Says when the next group goes without being full. Once a lane has taken it, the worker is called again. */
    private Next gather() {
        long due = sequencer.due();
        return due == Supply.NEVER || !session.isOpen() || isDue() ? Next.IDLE : Next.at(due);
    }

    /** A call that was about to begin when all were to be interrupted is seen here a little later. */
    private Next interruptCalls() {
        if (!interrupted) {
            return Next.IDLE;
        }
        // Stages first: one that is handed over meanwhile must not be counted twice.
        int reached = stages.cancelAll() + lanes.interrupt(session);
        return reached < sequencer.calls() ? Next.at(context.now() + REPEAT_NANOS) : Next.IDLE;
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
        // While thousands are cut short the books are hardly ever free, and the last commit waits for no answer.
        session.askForReport();
        interrupted = true;
        lanes.interrupt(session);
        tenure.running().interrupt();
        // To cancel a stage may run code of the application.
        signalWorker();
    }

    @Override
    public List<CallInFlight> calls() {
        if (sequencer.calls() == 0) {
            return List.of();
        }
        List<CallInFlight> calls = new ArrayList<>();
        for (CallInFlight call : lanes.calls(session)) {
            // The handler may have returned its stage since.
            if (!stages.contains(call.id().offset())) {
                calls.add(call);
            }
        }
        stages.addTo(calls);
        return calls;
    }

    @Override
    public void timeOut(CallInFlight.Id call) {
        lanes.timeOut(session, call);
        if (stages.timeOut(call)) {
            signalWorker();
        }
    }

    @Override
    public Optional<ConsumerRecord<byte[], byte[]>> first() {
        return sequencer.open().first();
    }

    @Override
    public long heldBack() {
        return sequencer.open().heldBack();
    }

    @Override
    public Standstill standstill() {
        return begun ? Standstill.OF_LANES : Standstill.OF_A_WORKER;
    }

    /** Returns the stages of this partition that are pending. */
    PendingStages stages() {
        return stages;
    }
}
