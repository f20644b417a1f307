package io.bywash.core.lane;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.session.CallInFlight;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.worker.WorkerContext;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lanes of one consumer, and the partitions that wait for one. Partitions are served in the order in which they have something to
 * do, so none can starve another. A lane is started when there is work and no idle one, the first of them before that, and lives as
 * long as the consumer.
 *
 * <p>May be used from any thread, {@link #look} and {@link #calls(PartitionSession)} excepted.
 */
final class Lanes {
    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);
    private static final long LOOK_NANOS = 1_000_000;

    /** How many lanes are started before there is work for them: to start a thread in a rush takes longer than many a call. */
    private static final int AHEAD = 128;

    /** How many lanes may be on their way at once, per processor: enough that none waits for the next, yet no crowd. */
    private static final int ON_THE_WAY_PER_PROCESSOR = 4;

    private final WorkerContext context;
    private final Pace pace = new Pace();
    private final Queue<LaneWorker> ready = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger pendingStages = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();

    /** Lanes that were started or woken and have not taken anything yet. */
    private final AtomicInteger onTheWay = new AtomicInteger();

    /** Lanes that stay with a partition. */
    private final AtomicInteger stays = new AtomicInteger();

    private final AtomicReferenceArray<Lane> lanes;
    private volatile boolean closed;

    /** How many lanes can be started, as far as is known. */
    private volatile int startable;

    /** How many lanes are to be started ahead. */
    private volatile int ahead;

    /** Whether partitions were enlisted for which no lane was brought, since calls were quick. */
    private volatile boolean owing;

    /** How many lanes were in a call at the last look that they had been in at the one before. Written by the poll thread. */
    private volatile int late;

    // Of the poll thread.
    private long lastLook;
    private @Nullable Map<PartitionSession, List<CallInFlight>> calls;

    Lanes(WorkerContext context, int concurrency) {
        this.context = context;
        this.lanes = new AtomicReferenceArray<>(concurrency);
        this.startable = concurrency;
        this.lastLook = context.now();
    }

    WorkerContext context() {
        return context;
    }

    Pace pace() {
        return pace;
    }

    boolean areClosed() {
        return closed;
    }

    /** Puts a partition at the end of those that wait, and brings a lane if that is worth while. */
    void enlist(LaneWorker partition) {
        ready.add(partition);
        bringIfWorthWhile();
    }

    private void bringIfWorthWhile() {
        // Quick calls are bound by processors, and a lane that is up already will be here sooner than another, unless
        // it is in a long call.
        if (!pace.isQuick() || active.get() - late < context.environment().processors()) {
            bringLane();
        } else if (!owing) {
            owing = true;
        }
    }

    /** Takes the partition that has waited longest; nothing if as many records are worked on as may be. */
    Optional<LaneWorker> next() {
        return hasRoom() ? Optional.ofNullable(ready.poll()) : Optional.empty();
    }

    /** Tells whether those lanes that are up can each take a record, given the stages that are pending. */
    boolean hasRoom() {
        return pendingStages.get() == 0 || pendingStages.get() + active.get() <= lanes.length();
    }

    private void bringLane() {
        if (pendingStages.get() + active.get() >= lanes.length()) {
            // As many records are worked on as may be. A lane that ends a call looks for more; so does the end of a
            // stage.
            return;
        }
        if (onTheWay.get() >= ON_THE_WAY_PER_PROCESSOR * context.environment().processors()) {
            // Whoever arrives brings another if there is still something to do: see followed.
            return;
        }
        Lane lane = idle.pollFirst();
        if (lane != null) {
            active.incrementAndGet();
            onTheWay.incrementAndGet();
            lane.come();
        } else {
            startLane(lanes.length());
        }
    }

    /** Starts a lane unless so many were started. */
    private void startLane(int most) {
        int count = started.get();
        while (count < Math.min(most, startable)) {
            if (started.compareAndSet(count, count + 1)) {
                startLaneOfNumber(count);
                return;
            }
            count = started.get();
        }
    }

    private void startLaneOfNumber(int number) {
        active.incrementAndGet();
        onTheWay.incrementAndGet();
        Lane fresh = new Lane(context, this, context.settings().name() + "-lane-" + number);
        lanes.set(number, fresh);
        try {
            fresh.start();
        } catch (OutOfMemoryError e) {
            // What the JVM throws where the system gives it no thread. Those that are up do all the work from now on.
            lanes.set(number, null);
            onTheWay.decrementAndGet();
            active.decrementAndGet();
            if (number == 0) {
                throw e;
            }
            doWith(number, e);
            // Whoever rests meanwhile relied on this one to look for work.
            followed();
        }
    }

    private void doWith(int lanesThatRun, OutOfMemoryError failure) {
        startable = lanesThatRun;
        LOG.warn(
                "{}: no thread for another lane than the {} that run ({}); it goes on with those. Raise the limit of threads (ulimit -u, or"
                        + " pids.max of the container), use a JDK from 24 on, where lanes need no threads of the system, or lower"
                        + " concurrency, which counts with ordering = key and none",
                context.settings().name(),
                lanesThatRun,
                failure.getMessage());
    }

    /** Starts the first lanes, one after the other, as long as there is nothing to do: each starts the next. Called with every partition. */
    void startAhead() {
        ahead = Math.min(AHEAD, lanes.length());
        if (onTheWay.get() == 0) {
            startLane(ahead);
        }
    }

    /** Notes that a lane is here. It must take what it can and then call {@link #followed}. */
    void arrived() {
        onTheWay.decrementAndGet();
    }

    /** Brings another lane if there is something left for it. */
    void followed() {
        if (!ready.isEmpty()) {
            bringIfWorthWhile();
        }
    }

    /** Notes that a lane found nothing to do when it came, so it was one of those that are started ahead. */
    void cameForNothing() {
        if (ready.isEmpty() && !closed) {
            startLane(ahead);
        }
    }

    /** Notes that a lane stays with a partition from now on. */
    void stayBegins() {
        stays.incrementAndGet();
    }

    void stayEnded() {
        stays.decrementAndGet();
    }

    /** Notes that a lane found nothing to do. It must do nothing more until it is woken. */
    void rest(Lane lane) {
        active.decrementAndGet();
        idle.addFirst(lane);
        // Looked at after the lane can be found: whoever enlisted a partition before that found no lane.
        if (!ready.isEmpty()) {
            bringLane();
        }
        if (closed) {
            lane.wake();
        }
    }

    /**
     * Sees to partitions whose lane is in a call that takes longer than calls did so far. Called by the poll thread at every turn.
     */
    void look() {
        calls = null;
        long now = context.now();
        if (now - lastLook < LOOK_NANOS) {
            return;
        }
        lastLook = now;
        // Those that stay count whatever the pace is by now: another lane's long call may have changed it.
        if (stays.get() > 0 || pace.isQuick() && (owing || late > 0)) {
            lookAtCalls();
        }
        if (owing) {
            owing = false;
            // Those that were meant to come may all be in long calls by now. For the first that is not worth another
            // lane, none of those behind it is.
            Iterator<LaneWorker> waiting = ready.iterator();
            while (waiting.hasNext() && !owing) {
                waiting.next();
                bringIfWorthWhile();
            }
        }
    }

    private void lookAtCalls() {
        int found = 0;
        for (int i = 0; i < started.get(); i++) {
            Lane lane = lanes.get(i);
            if (lane != null && lane.isLate()) {
                found++;
                lane.leaveToOthers().ifPresent(partition -> {
                    pace.slow();
                    enlist(partition);
                });
            }
        }
        if (found != late) {
            late = found;
        }
    }

    /** Creates what makes the calls of a partition's handler, for one lane. */
    Caller caller(LaneWorker partition) {
        HandlerBinding<?, ?> binding = partition.binding();
        if (binding.handler() instanceof AsyncTopicHandler<?, ?>
                || binding.handler() instanceof BatchTopicHandler<?, ?>) {
            return shaped(binding);
        }
        return new RecordCaller(context, binding, partition.topicPartition());
    }

    private <K, V> Caller shaped(HandlerBinding<K, V> binding) {
        if (binding.handler() instanceof AsyncTopicHandler<K, V> stages) {
            return new StageCaller<>(context, this, binding, stages);
        }
        return new BatchCaller<>(context, binding, (BatchTopicHandler<K, V>) binding.handler());
    }

    /** Notes that a stage is pending, which counts as a record that is worked on. */
    void stageBegins() {
        pendingStages.incrementAndGet();
    }

    void stageEnded() {
        pendingStages.decrementAndGet();
        if (!ready.isEmpty()) {
            bringLane();
        }
    }

    void timeOut(PartitionSession session, CallInFlight.Id late) {
        forEach(lane -> lane.timeOut(session, late));
    }

    /** Interrupts the calls in flight of a session, each once; returns how many there are. */
    int interrupt(PartitionSession session) {
        int calls = 0;
        for (int i = 0; i < started.get(); i++) {
            Lane lane = lanes.get(i);
            if (lane != null && lane.interrupt(session)) {
                calls++;
            }
        }
        return calls;
    }

    /** Returns the calls of a session that were in flight when they were first asked for since {@link #look}. Called by the poll thread. */
    List<CallInFlight> calls(PartitionSession session) {
        if (calls == null) {
            Map<PartitionSession, List<CallInFlight>> found = new IdentityHashMap<>();
            forEach(lane -> lane.addCallTo(found));
            calls = found;
        }
        return calls.getOrDefault(session, List.of());
    }

    private void forEach(Consumer<Lane> action) {
        for (int i = 0; i < started.get(); i++) {
            Lane lane = lanes.get(i);
            // One that has its number may not be here yet, while the next is.
            if (lane != null) {
                action.accept(lane);
            }
        }
    }

    /** Ends all lanes, those in a call when it returns. */
    void close() {
        closed = true;
        Lane lane = idle.pollFirst();
        while (lane != null) {
            lane.wake();
            lane = idle.pollFirst();
        }
    }
}
