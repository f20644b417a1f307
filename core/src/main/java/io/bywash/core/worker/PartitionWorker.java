package io.bywash.core.worker;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.Batch;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.RecordTaker;
import io.bywash.core.snapshot.RecordKey;
import io.bywash.core.thread.Next;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Runs the handler over the records of one session, strictly in order: the worker of {@code ordering = partition}.
 *
 * <p>The methods of {@link Tenure.Work} are called by the worker's runner alone and own all fields that are not volatile. The poll
 * thread calls the methods of {@link RecordTaker}. The worker touches no Kafka consumer; it reports through its session.
 */
public final class PartitionWorker implements RecordTaker, Tenure.Work {
    private static final VarHandle CALLING_AT;

    static {
        try {
            CALLING_AT = MethodHandles.lookup().findVarHandle(PartitionWorker.class, "callingAt", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final long NO_CALL = -1;

    /** What the worker is at. */
    private enum Phase {
        /** Takes records and calls the handler. */
        TAKING,
        /** A call is pending. */
        CALLING,
        /** A record has failed, and what follows is under way. */
        RECOVERING
    }

    private final WorkerContext context;
    private final PartitionSession session;
    private final HandlerBinding<?, ?> binding;
    private final Tenure tenure;
    private final Recovery recovery;
    private final Verdict verdict;
    private final Tally tally;
    private final InterruptibleCall<ConsumerRecord<byte[], byte[]>> interruptible;
    private final Optional<Duration> timeout;

    @SuppressWarnings("NullAway.Init") // begin comes before every call
    private RecordCall<?, ?> call;

    private Phase phase = Phase.TAKING;
    private List<ConsumerRecord<byte[], byte[]>> records = List.of();
    private DoneRanges done;
    private long batchBytes;
    private int index;
    private int reported;
    private boolean hasFailed;

    private volatile long callingAt = NO_CALL;

    /** The records of the batch that is being worked on, for the poll thread, which delivered them. */
    private volatile List<ConsumerRecord<byte[], byte[]>> taken = List.of();

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
        this.recovery = new Recovery(context, session, binding.name(), this::signal, session::obstacle);
        this.verdict = new Verdict(context);
        this.hasFailed = !session.failed().isEmpty();
        this.done = session.origin().done();
        this.tally = new Tally(
                context.metrics(),
                context.times(binding.name()),
                context.environment().ticker());
        this.tenure = new Tenure(context, session, binding, formerQuiet, this);
        this.interruptible = new InterruptibleCall<>(tenure.running());
        this.timeout = context.settings().failures().attemptTimeout();
    }

    @Override
    public void begin() {
        call = RecordCall.of(binding, session.partition());
    }

    @Override
    public Next proceed() {
        return switch (phase) {
            case TAKING -> take();
            case CALLING -> finishCall();
            case RECOVERING -> recover();
        };
    }

    @Override
    public void end() {
        WorkerContext.close(binding, tenure.running().name(), call::close);
    }

    private Next take() {
        tally.stepBegins();
        while (session.isOpen()) {
            if (index == records.size() && !takeBatch()) {
                CALLING_AT.setOpaque(this, NO_CALL);
                return Next.IDLE;
            }
            ConsumerRecord<byte[], byte[]> record = records.get(index);
            if (!done.isEmpty() && wasDone(record)) {
                complete(record);
                continue;
            }
            if (hasFailed && Recovery.isDecided(session, context.settings().failures(), record)) {
                report(0);
                recovery.takeOver(record);
                return become(Phase.RECOVERING);
            }
            if (!callHandler(record)) {
                phase = Phase.CALLING;
                return Next.IDLE;
            }
            if (!settle(record)) {
                // There may be nothing to wait for, and the next record may fail as well.
                return Next.AFTER_OTHERS;
            }
            if (tally.othersGoFirst()) {
                become(Phase.TAKING);
                return Next.AFTER_OTHERS;
            }
        }
        become(Phase.TAKING);
        return Next.DONE;
    }

    private boolean takeBatch() {
        Optional<Batch> next = session.queue().poll();
        if (next.isEmpty()) {
            return false;
        }
        work(next.get().records());
        batchBytes = next.get().bytes();
        return true;
    }

    private void work(List<ConsumerRecord<byte[], byte[]>> next) {
        records = next;
        taken = next;
        index = 0;
        reported = 0;
    }

    /** Tells whether a former owner, which kept order by key or not at all, completed the record before its turn. */
    private boolean wasDone(ConsumerRecord<byte[], byte[]> record) {
        if (record.offset() >= done.end()) {
            done = DoneRanges.NONE;
        }
        return done.cover(record);
    }

    /** Begins the call for a record; returns whether it is over. */
    private boolean callHandler(ConsumerRecord<byte[], byte[]> record) {
        int attempt = hasFailed ? session.failed().attempts(record) + 1 : 1;
        tally.callBegins(index);
        CALLING_AT.setOpaque(this, record.offset());
        if (timeout.isPresent()) {
            interruptible.begin(record);
        }
        return context.environment().calls().begin(call.prepare(session, record, attempt), tenure.running());
    }

    private Next finishCall() {
        if (!call.isOver()) {
            return Next.IDLE;
        }
        phase = Phase.TAKING;
        settle(records.get(index));
        return Next.NOW;
    }

    /** Draws the conclusions of a call that is over; returns whether the next record may follow at once. */
    private boolean settle(ConsumerRecord<byte[], byte[]> record) {
        tally.callEnds();
        Optional<Throwable> failure = timeout.isPresent() ? failureInTime(record) : call.failure();
        switch (verdict.on(session, record, failure)) {
            case HANDLED -> {
                tally.handled(record);
                complete(record);
            }
            case FAILED -> {
                hasFailed = true;
                // Whoever sees that the record waits sees that those before it are over.
                report(0);
                recovery.begin(record, failure.orElseThrow());
                become(Phase.RECOVERING);
                return false;
            }
            case VOID -> {
                // The session is over or about to be, which the caller finds out by itself.
            }
        }
        return true;
    }

    /** Returns the failure of a call; to be late is one, whatever the handler made of the interrupt. */
    private Optional<Throwable> failureInTime(ConsumerRecord<byte[], byte[]> record) {
        boolean late = interruptible.end(record) == InterruptibleCall.Cause.TIMED_OUT;
        return late ? timeout.map(AttemptTimedOutException::new) : call.failure();
    }

    private Next recover() {
        if (!session.isOpen() && recovery.canLetGo()) {
            return Next.DONE;
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
        return become(Phase.TAKING);
    }

    private void complete(ConsumerRecord<byte[], byte[]> record) {
        session.ledger().complete(record.offset());
        if (hasFailed) {
            session.failed().removeThrough(record.offset());
            hasFailed = !session.failed().isEmpty();
        }
        index++;
        if (index == records.size()) {
            report(batchBytes);
            // Counted as over, so it must not be held: thousands of partitions may rest, each with the last it had.
            work(List.of());
            call.forget();
        } else if (tally.isSlow()) {
            report(0);
        }
    }

    private void report(long bytes) {
        tally.report();
        session.queue().finished(index - reported, bytes);
        reported = index;
    }

    private Next become(Phase next) {
        phase = next;
        CALLING_AT.setOpaque(this, NO_CALL);
        report(0);
        return Next.NOW;
    }

    @Override
    public void start() {
        tenure.running().start();
    }

    @Override
    public void signal() {
        tenure.running().signal();
    }

    @Override
    public boolean isQuiet() {
        return tenure.isQuiet();
    }

    @Override
    public void interrupt() {
        tenure.running().interrupt();
    }

    @Override
    public List<CallInFlight> calls() {
        long offset = (long) CALLING_AT.getOpaque(this);
        if (offset == NO_CALL) {
            return List.of();
        }
        int failures = session.failed().attemptsAt(offset);
        CallInFlight.Id id =
                new CallInFlight.Id(offset, failures, tenure.running().name());
        return List.of(new CallInFlight(id, () -> key(offset), () -> stack(offset)));
    }

    private Optional<String> key(long offset) {
        return takenFrom(offset)
                .filter(record -> record.offset() == offset)
                .flatMap(record -> RecordKey.of(record.key()));
    }

    /** Another call on the same thread is none of this one's business. */
    private List<StackTraceElement> stack(long offset) {
        List<StackTraceElement> stack = tenure.running().stack();
        return (long) CALLING_AT.getOpaque(this) == offset ? stack : List.of();
    }

    @Override
    public Optional<ConsumerRecord<byte[], byte[]>> first() {
        return takenFrom(session.ledger().frontierOffset());
    }

    /** Returns the first record of the batch that is being worked on, from an offset on. */
    private Optional<ConsumerRecord<byte[], byte[]>> takenFrom(long offset) {
        List<ConsumerRecord<byte[], byte[]>> batch = taken;
        int low = 0;
        int high = batch.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (batch.get(middle).offset() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < batch.size() ? Optional.of(batch.get(low)) : Optional.empty();
    }

    @Override
    public void timeOut(CallInFlight.Id late) {
        interruptible.interrupt(
                record -> record.offset() == late.offset()
                        && session.failed().attemptsAt(record.offset()) == late.failures(),
                InterruptibleCall.Cause.TIMED_OUT);
    }
}
