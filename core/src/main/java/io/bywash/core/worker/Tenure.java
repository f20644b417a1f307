package io.bywash.core.worker;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.PauseReason;
import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.SessionState;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import java.util.function.BooleanSupplier;

/**
 * The frame of every worker's life: wait for a former worker of the partition, tell the handler that the partition came, work, tell
 * it that the partition is gone. {@link #step} belongs to the worker's runner.
 */
public final class Tenure implements Step {
    private static final long PREDECESSOR_POLL_NANOS = 5_000_000;

    private final WorkerContext context;
    private final PartitionSession session;
    private final BooleanSupplier formerQuiet;
    private final Work work;
    private final Running running;
    private final Callbacks callbacks;

    private TenurePhase phase;

    /** Whether the work has begun and has not been told to end. */
    private boolean begun;

    private volatile boolean quiet;

    /** What a worker does while it has the partition. All methods are called by its runner. */
    public interface Work {

        /** The first record follows. */
        void begin();

        /**
         * Does what can be done now.
         *
         * @return when to call again; {@link Next#DONE} once the session is no longer open and nothing is under way
         */
        Next proceed();

        /** Nothing follows, since the handler has been told that the partition is gone or the worker has failed. Called once after begin. */
        void end();
    }

    /**
     * Creates the frame of a worker.
     *
     * @param context what the consumer's workers share
     * @param session the session
     * @param binding the handler of the session's topic
     * @param formerQuiet tells whether no former worker of the same partition in this process runs a call any more
     * @param work what to do in between
     */
    public Tenure(
            WorkerContext context,
            PartitionSession session,
            HandlerBinding<?, ?> binding,
            BooleanSupplier formerQuiet,
            Work work) {
        this.context = context;
        this.session = session;
        this.formerQuiet = formerQuiet;
        this.work = work;
        this.running =
                context.environment().workers().prepare(context.settings().name() + "-" + session, this);
        this.callbacks = new Callbacks(context, session.partition(), binding, running);
        this.phase = formerQuiet.getAsBoolean() ? TenurePhase.ASSIGNING : TenurePhase.PREDECESSOR;
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
        context.fatal().accept(failure);
        try {
            endIfBegun();
        } catch (ConsumerFailedException e) {
            context.fatal().accept(e);
        }
        quiet = true;
        return Next.DONE;
    }

    private Next proceed() {
        return switch (phase) {
            case PREDECESSOR -> waitForPredecessor();
            case ASSIGNING -> assign();
            case WORKING -> work();
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
            return become(TenurePhase.ASSIGNING);
        }
        if (session.obstacle() instanceof Obstacle.None) {
            session.obstacle(new Obstacle.Barred(
                    PauseReason.PREDECESSOR,
                    HoldCause.PREDECESSOR,
                    session.origin().offset(),
                    context.environment().clock().instant(),
                    "a call begun under a former ownership still runs"));
        }
        return Next.at(context.now() + PREDECESSOR_POLL_NANOS);
    }

    private Next assign() {
        if (!callbacks.areUnderWay()) {
            work.begin();
            begun = true;
        }
        return callbacks.assigned() ? become(TenurePhase.WORKING) : Next.IDLE;
    }

    private Next work() {
        Next next = work.proceed();
        return next instanceof Next.Done ? become(TenurePhase.RELEASING) : next;
    }

    private Next letGo() {
        // Only a session that still counts is handed over in good order; a late worker's partition is somebody else's
        // by now.
        boolean told = session.state() == SessionState.STOPPING ? callbacks.revoked() : callbacks.lost();
        if (!told) {
            return Next.IDLE;
        }
        endIfBegun();
        return finish();
    }

    /** Once only: what fails at its end is not ended again. */
    private void endIfBegun() {
        if (begun) {
            begun = false;
            work.end();
        }
    }

    private Next become(TenurePhase next) {
        phase = phase.to(next);
        return Next.NOW;
    }

    private Next finish() {
        become(TenurePhase.FINISHED);
        quiet = true;
        return Next.DONE;
    }

    /**
     * Tells whether nothing more will happen. May be called from any thread.
     *
     * @return true once the worker is through
     */
    public boolean isQuiet() {
        return quiet || !running.isAlive();
    }

    /**
     * Returns what the worker runs on.
     *
     * @return may be used from any thread
     */
    public Running running() {
        return running;
    }
}
