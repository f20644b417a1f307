package io.bywash.core.lane;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import io.bywash.core.worker.RecordCall;
import io.bywash.core.worker.Verdict;
import io.bywash.core.worker.WorkerContext;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls, one at a time, for whatever partition needs one.
 *
 * <p>While calls are quick it stays with a partition for a while, since the partition's books are in this processor's cache; otherwise
 * it goes to the one that has waited longest after each call. Belongs to its runner, except for what is said otherwise.
 */
final class Lane implements Step {
    private static final int STAY = 64;

    private final WorkerContext context;
    private final Lanes lanes;
    private final Running running;
    private final Verdict verdict;
    private final LaneTally tally;
    private final InterruptibleCall interruptible;
    private final Map<HandlerBinding<?, ?>, RecordCall<?, ?>> calls = new IdentityHashMap<>();

    private int stayed;
    private @Nullable Item item;

    @SuppressWarnings("NullAway.Init") // set before every call
    private RecordCall<?, ?> call;

    /** The partition this lane stays with, which is enlisted nowhere meanwhile. */
    private volatile @Nullable LaneWorker staying;

    /** Whether that partition was enlisted all the same, because a call took long. */
    private volatile boolean robbed;

    private volatile boolean resting;

    // Of the poll thread.
    private @Nullable Item seen;

    Lane(WorkerContext context, Lanes lanes, String name) {
        this.lanes = lanes;
        this.context = context;
        this.running = context.environment().workers().prepare(name, this);
        this.verdict = new Verdict(context);
        this.tally = new LaneTally(context.metrics(), context.environment().ticker(), lanes.pace());
        this.interruptible = new InterruptibleCall(running);
    }

    void start() {
        running.start();
    }

    /** Ends a rest. May be called from any thread. */
    void wake() {
        resting = false;
        running.signal();
    }

    @Override
    public Next step() {
        try {
            return proceed();
        } catch (RuntimeException | Error e) {
            return giveUp(e);
        }
    }

    private Next giveUp(Throwable failure) {
        if (item != null) {
            item.result = Result.VOID;
            item.partition.sequencer().settle(item);
        }
        context.fatal()
                .accept(
                        failure instanceof ConsumerFailedException
                                ? failure
                                : new ConsumerFailedException(
                                        Kind.SOFTWARE,
                                        running.name() + " failed, which nothing should make it do: " + failure,
                                        failure));
        return Next.DONE;
    }

    private Next proceed() {
        // To take work in a rest, when stepped for no reason, would lose the wake-up that is meant for it.
        if (resting || item != null && !call.isOver()) {
            return Next.IDLE;
        }
        if (item != null) {
            finish(item);
        }
        item = take(item);
        while (item != null) {
            if (!begin(item)) {
                return Next.IDLE;
            }
            finish(item);
            item = take(item);
        }
        return rest();
    }

    private Next rest() {
        tally.report();
        if (lanes.areClosed()) {
            calls.values().forEach(RecordCall::close);
            return Next.DONE;
        }
        resting = true;
        lanes.rest(this);
        return Next.IDLE;
    }

    /** Hands an item back, if there is one, and takes another. */
    private @Nullable Item take(@Nullable Item done) {
        LaneWorker here = staying;
        if (here != null && !robbed && stayed < STAY && lanes.pace().isQuick()) {
            stayed++;
            Item next = here.sequencer().exchange(done);
            if (next == null) {
                staying = null;
                here.part();
                next = search();
            }
            return next;
        }
        if (done != null) {
            done.partition.sequencer().settle(done);
            done.partition.attend();
        }
        if (here != null) {
            staying = null;
            if (!robbed) {
                here.part();
            }
            robbed = false;
        }
        return search();
    }

    private @Nullable Item search() {
        for (Optional<LaneWorker> waiting = lanes.next(); waiting.isPresent(); waiting = lanes.next()) {
            LaneWorker partition = waiting.get();
            Item next = lanes.pace().isQuick() ? moveIn(partition) : visit(partition);
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    private @Nullable Item moveIn(LaneWorker partition) {
        Item next = partition.sequencer().exchange(null);
        if (next == null) {
            partition.part();
        } else {
            robbed = false;
            stayed = 0;
            staying = partition;
        }
        return next;
    }

    private static @Nullable Item visit(LaneWorker partition) {
        partition.leave();
        Item next = partition.sequencer().exchange(null);
        partition.attend();
        return next;
    }

    /** Begins the call for an item; returns whether it is over. */
    private boolean begin(Item next) {
        LaneWorker partition = next.partition;
        call = callOf(partition);
        call.prepare(
                partition.session(), next.record, partition.session().failed().attempts(next.record.offset()) + 1);
        tally.callBegins();
        interruptible.begin(next);
        return context.environment().calls().begin(call, running);
    }

    private RecordCall<?, ?> callOf(LaneWorker partition) {
        RecordCall<?, ?> known = calls.get(partition.binding());
        if (known != null) {
            return known;
        }
        RecordCall<?, ?> fresh = RecordCall.of(partition.binding(), partition.topicPartition());
        calls.put(partition.binding(), fresh);
        return fresh;
    }

    /** Draws the conclusions of a call that is over. */
    private void finish(Item done) {
        interruptible.end(done);
        tally.callEnds();
        done.result = switch (verdict.on(done.partition.session(), done.record, call)) {
            case HANDLED -> {
                tally.handled();
                yield Result.HANDLED;
            }
            case FAILED -> new Result.Failed(call.failure().orElseThrow());
            case VOID -> Result.VOID;
        };
    }

    /** Interrupts the call in flight if it is about a record of a session. May be called from any thread. */
    void interrupt(PartitionSession session) {
        interruptible.interrupt(session);
    }

    /** Returns the call in flight if it is about a record of a session. May be called from any thread. */
    Optional<CallInFlight> call(PartitionSession session) {
        return interruptible
                .item()
                .filter(calling -> calling.partition.session() == session)
                .map(calling -> {
                    long offset = calling.record.offset();
                    return new CallInFlight(offset, session.failed().attempts(offset), running);
                });
    }

    /**
     * Gives up the partition this lane stays with if the call it was in at the last look is still not over. Called by the poll
     * thread.
     */
    Optional<LaneWorker> giveUpIfLate() {
        Item calling = interruptible.item().orElse(null);
        boolean late = calling != null && calling == seen && staying == calling.partition && !robbed;
        seen = calling;
        if (!late) {
            return Optional.empty();
        }
        robbed = true;
        return Optional.of(calling.partition);
    }
}
