package io.bywash.core.worker;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.PauseReason;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.metrics.ConsumerMetrics.Count;
import io.bywash.core.session.Batch;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.session.SessionState;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Runs the handler over the records of one session, strictly in order: the worker of {@code ordering = partition}.
 *
 * <p>{@link #step} is called by the worker's runner alone and owns all fields that are not volatile. The poll thread calls the
 * methods of {@link RecordTaker}. The worker touches no Kafka consumer; it reports through its session.
 */
public final class PartitionWorker implements Step, RecordTaker {
    private static final VarHandle CALLING_AT;

    static {
        try {
            CALLING_AT = MethodHandles.lookup().findVarHandle(PartitionWorker.class, "callingAt", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final long PREDECESSOR_POLL_NANOS = 5_000_000;

    private final WorkerContext context;
    private final PartitionSession session;
    private final HandlerBinding<?, ?> binding;
    private final BooleanSupplier formerQuiet;
    private final Callbacks callbacks;
    private final Recovery recovery;
    private final Tally tally;
    private final Running running;

    @SuppressWarnings("NullAway.Init") // assigning comes before every call
    private RecordCall<?, ?> call;

    private WorkerPhase phase;
    private List<ConsumerRecord<byte[], byte[]>> records = List.of();
    private long batchBytes;
    private int index;
    private int reported;
    private boolean hasFailed;

    private volatile long callingAt = NO_CALL;
    private volatile boolean quiet;

    /**
     * Creates the worker of a session.
     *
     * @param context what the consumer's workers share
     * @param session the session
     * @param binding the handler of the session's topic
     * @param formerQuiet tells whether no former worker of the same partition in this process runs a call any more
     */
    public PartitionWorker(
            WorkerContext context,
            PartitionSession session,
            HandlerBinding<?, ?> binding,
            BooleanSupplier formerQuiet) {
        this.context = context;
        this.session = session;
        this.binding = binding;
        this.formerQuiet = formerQuiet;
        this.running =
                context.environment().workers().prepare(context.settings().name() + "-" + session, this);
        this.callbacks = new Callbacks(context, session.partition(), binding, running);
        this.recovery = new Recovery(context, session, binding.name(), this::signal);
        this.hasFailed = session.failed().isPresent();
        this.tally = new Tally(context.metrics(), context.environment().ticker());
        this.phase = formerQuiet.getAsBoolean() ? WorkerPhase.ASSIGNING : WorkerPhase.PREDECESSOR;
    }

    @Override
    public Next step() {
        try {
            return proceed();
        } catch (ConsumerFailedException e) {
            return giveUp(e);
        } catch (RuntimeException | Error e) {
            return giveUp(new ConsumerFailedException(
                    Kind.SOFTWARE,
                    "the worker of " + session.partition() + " failed, which nothing should make it do: " + e,
                    e));
        }
    }

    /** Without this worker the partition would stand still, so the consumer has to end, and to say why. */
    private Next giveUp(ConsumerFailedException failure) {
        quiet = true;
        context.fatal().accept(failure);
        return Next.DONE;
    }

    private Next proceed() {
        return switch (phase) {
            case PREDECESSOR -> waitForPredecessor();
            case ASSIGNING -> assign();
            case TAKING -> take();
            case CALLING -> finishCall();
            case RECOVERING -> recover();
            case RELEASING -> letGo();
            case FINISHED -> Next.DONE;
        };
    }

    private Next waitForPredecessor() {
        if (!session.isOpen()) {
            return finish();
        }
        if (formerQuiet.getAsBoolean()) {
            session.obstacle(Obstacle.NONE);
            return become(WorkerPhase.ASSIGNING);
        }
        session.obstacle(new Obstacle.Blocked(
                PauseReason.PREDECESSOR,
                session.origin().offset(),
                "a call begun under a former ownership still runs"));
        return Next.at(context.now() + PREDECESSOR_POLL_NANOS);
    }

    private Next assign() {
        if (!callbacks.areUnderWay()) {
            call = newCall();
        }
        return callbacks.assigned() ? become(WorkerPhase.TAKING) : Next.IDLE;
    }

    private RecordCall<?, ?> newCall() {
        try {
            return new RecordCall<>(session, binding);
        } catch (RuntimeException | Error e) {
            throw new ConsumerFailedException(
                    Kind.HANDLER,
                    "the deserialisers of handler " + binding.name() + " cannot be created for " + session.partition()
                            + ": " + e + "; correct their settings or their class path",
                    e);
        }
    }

    private Next letGo() {
        // Only a session that still counts is handed over in good order; a late worker's partition is somebody else's
        // by now.
        boolean told = session.state() == SessionState.STOPPING ? callbacks.revoked() : callbacks.lost();
        if (!told) {
            return Next.IDLE;
        }
        call.close();
        return finish();
    }

    private Next take() {
        while (session.isOpen()) {
            if (index == records.size() && !takeBatch()) {
                CALLING_AT.setOpaque(this, NO_CALL);
                return Next.IDLE;
            }
            ConsumerRecord<byte[], byte[]> record = records.get(index);
            if (hasFailed && recovery.isDecided(record.offset())) {
                recovery.takeOver(record);
                return become(WorkerPhase.RECOVERING);
            }
            if (!callHandler(record)) {
                phase = phase.to(WorkerPhase.CALLING);
                return Next.IDLE;
            }
            if (!settle(record)) {
                return Next.NOW;
            }
        }
        return become(WorkerPhase.RELEASING);
    }

    private boolean takeBatch() {
        Optional<Batch> next = session.queue().poll();
        if (next.isEmpty()) {
            return false;
        }
        records = next.get().records();
        batchBytes = next.get().bytes();
        index = 0;
        reported = 0;
        return true;
    }

    /** Begins the call for a record; returns whether it is over. */
    private boolean callHandler(ConsumerRecord<byte[], byte[]> record) {
        int attempt = hasFailed ? recovery.attempt(record.offset()) : 1;
        tally.callBegins(index);
        CALLING_AT.setOpaque(this, record.offset());
        return context.environment().calls().begin(call.prepare(record, attempt), running);
    }

    private Next finishCall() {
        if (!call.isOver()) {
            return Next.IDLE;
        }
        phase = phase.to(WorkerPhase.TAKING);
        settle(records.get(index));
        return Next.NOW;
    }

    /** Draws the conclusions of a call that is over; returns whether the next record may follow at once. */
    private boolean settle(ConsumerRecord<byte[], byte[]> record) {
        tally.callEnds();
        if (!session.state().counts()) {
            context.metrics().add(Count.LATE, 1);
            context.events()
                    .publish(new GroupEvent.LateResult(new RecordPosition(session.partition(), record.offset())));
            call.failure().filter(Error.class::isInstance).ifPresent(context.fatal());
            return true;
        }
        if (call.succeeded()) {
            tally.handled();
            complete(record);
            return true;
        }
        return fail(record, call.failure().orElseThrow());
    }

    private boolean fail(ConsumerRecord<byte[], byte[]> record, Throwable failure) {
        // An attempt that revocation cut short says nothing about the record, and the next owner has all of them.
        if (!session.isOpen() && !(failure instanceof Error)) {
            return true;
        }
        hasFailed = true;
        recovery.begin(record, failure);
        become(WorkerPhase.RECOVERING);
        return false;
    }

    private Next recover() {
        if (!session.isOpen() && recovery.canLetGo()) {
            return become(WorkerPhase.RELEASING);
        }
        ConsumerRecord<byte[], byte[]> record = records.get(index);
        Recovery.Ruling ruling = recovery.step(record);
        if (ruling instanceof Recovery.Ruling.Wait wait) {
            // A letter that was waited for may have failed by now.
            return session.isOpen() || !recovery.canLetGo() ? wait.next() : Next.NOW;
        }
        if (ruling instanceof Recovery.Ruling.Over) {
            complete(record);
        }
        return become(WorkerPhase.TAKING);
    }

    private void complete(ConsumerRecord<byte[], byte[]> record) {
        session.ledger().complete(record.offset());
        if (hasFailed) {
            hasFailed = false;
            session.failed(Optional.empty());
        }
        index++;
        if (index == records.size()) {
            tally.report();
            session.queue().finished(index - reported, batchBytes);
        } else if (tally.isSlow()) {
            tally.report();
            session.queue().finished(index - reported, 0);
            reported = index;
        }
    }

    private Next become(WorkerPhase next) {
        phase = phase.to(next);
        CALLING_AT.setOpaque(this, NO_CALL);
        tally.report();
        return Next.NOW;
    }

    private Next finish() {
        phase = phase.to(WorkerPhase.FINISHED);
        quiet = true;
        return Next.DONE;
    }

    @Override
    public void begin() {
        running.start();
    }

    @Override
    public void signal() {
        running.signal();
    }

    @Override
    public boolean isQuiet() {
        return quiet || !running.isAlive();
    }

    @Override
    public void interrupt() {
        running.interrupt();
    }

    @Override
    public long callingAt() {
        return (long) CALLING_AT.getOpaque(this);
    }

    @Override
    public String name() {
        return running.name();
    }

    @Override
    public List<StackTraceElement> stack() {
        return running.stack();
    }
}
