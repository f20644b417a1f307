package io.bywash.core.lane;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.snapshot.RecordKey;
import io.bywash.core.thread.Next;
import io.bywash.core.thread.Running;
import io.bywash.core.thread.Step;
import io.bywash.core.worker.InterruptibleCall;
import io.bywash.core.worker.InterruptibleCall.Cause;
import io.bywash.core.worker.WorkerContext;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
    private final LaneTally tally;
    private final InterruptibleCall<Item> interruptible;
    private final Map<HandlerBinding<?, ?>, Caller> callers = new IdentityHashMap<>();

    private int stayed;
    private long calls;
    private @Nullable Item item;

    @SuppressWarnings("NullAway.Init") // set before every call
    private Caller caller;

    /**
     * The partition this lane stays with, which is enlisted nowhere meanwhile. Whoever takes it out of here, this lane or the poll
     * thread because a call takes long, sees to it that somebody else comes.
     */
    private final AtomicReference<@Nullable LaneWorker> staying = new AtomicReference<>();

    private volatile boolean resting;

    /** Whether it was called for work and has not been here since. Written before it is started or woken. */
    private volatile boolean coming;

    // Of the poll thread.
    private @Nullable Item seen;
    private long seenCall;

    Lane(WorkerContext context, Lanes lanes, String name) {
        this.lanes = lanes;
        this.context = context;
        this.running = context.environment().workers().prepare(name, this);
        this.tally = new LaneTally(context.metrics(), context.environment().ticker(), lanes.pace());
        this.interruptible = new InterruptibleCall<>(running);
    }

    void start() {
        coming = true;
        running.start();
    }

    /** Ends a rest, for there is work. May be called from any thread. */
    void come() {
        coming = true;
        wake();
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
        tally.report();
        closeCallers();
        return Next.DONE;
    }

    /** Closes all of them, whatever one of them does, and never throws. */
    private void closeCallers() {
        callers.forEach((binding, last) -> {
            try {
                WorkerContext.close(binding, running.name(), last::close);
            } catch (ConsumerFailedException e) {
                context.fatal().accept(e);
            }
        });
        callers.clear();
    }

    private Next proceed() {
        // To take work in a rest, when stepped for no reason, would lose the wake-up that is meant for it.
        if (resting || item != null && !caller.isOver()) {
            return Next.IDLE;
        }
        if (coming) {
            coming = false;
            lanes.arrived();
            takeNext();
            lanes.followed();
            if (item == null) {
                lanes.cameForNothing();
            }
        } else {
            takeNext();
        }
        tally.stepBegins();
        while (item != null) {
            if (!begin(item)) {
                return Next.IDLE;
            }
            Item done = finishItem();
            if (tally.othersGoFirst()) {
                // With everything given back before that, nothing waits for this lane.
                leave(done, staying.get());
                return Next.AFTER_OTHERS;
            }
            item = take(done);
        }
        return rest();
    }

    private void takeNext() {
        item = take(finishItem());
    }

    /** Returns what is to be handed back, which is no longer this lane's should anything fail from here on. */
    private @Nullable Item finishItem() {
        Item done = item == null ? null : finish(item);
        item = null;
        return done;
    }

    private Next rest() {
        tally.report();
        if (lanes.areClosed()) {
            closeCallers();
            return Next.DONE;
        }
        resting = true;
        lanes.rest(this);
        return Next.IDLE;
    }

    /** Hands an item back, if there is one, and takes another. */
    private @Nullable Item take(@Nullable Item done) {
        LaneWorker here = staying.get();
        if (here != null && stayed < STAY && lanes.pace().isQuick() && lanes.hasRoom()) {
            stayed++;
            Item next = here.sequencer().exchange(done);
            if (next != null && staying.get() == here) {
                return next;
            }
            moveOut(here);
            // Who came because a call took long may have found the turn taken, and gone.
            here.attend();
            return next == null ? search() : next;
        }
        leave(done, here);
        return search();
    }

    /** Hands an item back, if there is one, and stays nowhere. */
    private void leave(@Nullable Item done, @Nullable LaneWorker here) {
        if (done != null) {
            tally.report();
            done.partition.sequencer().settle(done);
            done.partition.attend();
        }
        if (here != null) {
            moveOut(here);
        }
    }

    private void moveOut(LaneWorker partition) {
        if (staying.compareAndSet(partition, null)) {
            lanes.stayEnded();
            partition.part();
        }
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
            stayed = 0;
            lanes.stayBegins();
            staying.set(partition);
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
        caller = callerOf(next.partition);
        Runnable call = caller.prepare(next);
        tally.callBegins(next.partition.times());
        next.call = ++calls;
        interruptible.begin(next);
        return context.environment().calls().begin(call, running);
    }

    private Caller callerOf(LaneWorker partition) {
        Caller known = callers.get(partition.binding());
        if (known != null) {
            return known;
        }
        Caller fresh = lanes.caller(partition);
        callers.put(partition.binding(), fresh);
        return fresh;
    }

    /** Draws the conclusions of a call that is over; returns what to hand back. */
    private @Nullable Item finish(Item done) {
        Cause interrupted = interruptible.end(done);
        tally.callEnds();
        Optional<Integer> handled = caller.finish(done, interrupted);
        if (handled.isEmpty()) {
            return null;
        }
        tally.over(done.partition.times(), done.record, handled.get());
        if (!done.partition.session().isOpen()) {
            // Nobody waits for a lane at the end.
            tally.report();
        }
        return done;
    }

    /**
     * Interrupts the call in flight if it is about a record of a session and was not interrupted before; returns whether it is about
     * one. May be called from any thread.
     */
    boolean interrupt(PartitionSession session) {
        interruptible.interrupt(calling -> calling.partition.session() == session, Cause.REVOKED);
        return interruptible
                .about()
                .filter(calling -> calling.partition.session() == session)
                .isPresent();
    }

    /** Has the call in flight fail if it is a certain one. May be called from any thread. */
    void timeOut(PartitionSession session, CallInFlight.Id late) {
        interruptible.interrupt(
                calling -> calling.partition.session() == session && id(calling).equals(late), Cause.TIMED_OUT);
    }

    /** Adds the call in flight, if there is one, to those of its session. May be called from any thread. */
    void addCallTo(Map<PartitionSession, List<CallInFlight>> calls) {
        interruptible
                .about()
                .ifPresent(calling -> calls.computeIfAbsent(calling.partition.session(), fresh -> new ArrayList<>())
                        .add(new CallInFlight(
                                id(calling), () -> RecordKey.of(calling.record.key()), () -> stack(calling))));
    }

    /** Another call on the same thread is none of this one's business. */
    private List<StackTraceElement> stack(Item calling) {
        List<StackTraceElement> stack = running.stack();
        return interruptible.about().filter(now -> now == calling).isPresent() ? stack : List.of();
    }

    private CallInFlight.Id id(Item calling) {
        int failures = calling.partition.session().failed().attempts(calling.record);
        return new CallInFlight.Id(calling.record.offset(), failures, running.name(), calling.call);
    }

    /** Tells whether the call it was in at the last look is still not over. Called by the poll thread. */
    boolean isLate() {
        Item calling = interruptible.about().orElse(null);
        long call = calling == null ? 0 : calling.call;
        // The same record in another call is one that has been tried again.
        boolean again = calling != null && calling == seen && call == seenCall;
        seen = calling;
        seenCall = call;
        return again;
    }

    /** Gives up the partition this lane stays with, if it does with that of its late call. Called by the poll thread. */
    Optional<LaneWorker> leaveToOthers() {
        // It may have moved on since; but to take a partition out is to have it, whenever the lane came there.
        if (seen == null || !staying.compareAndSet(seen.partition, null)) {
            return Optional.empty();
        }
        lanes.stayEnded();
        return Optional.of(seen.partition);
    }
}
