package io.bywash.core.lane;

import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.snapshot.PartitionSnapshot;
import io.bywash.core.snapshot.WaitingRecord;
import io.bywash.core.thread.Next;
import io.bywash.core.worker.Recovery;
import io.bywash.core.worker.WorkerContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Sees the failed records of one partition through, each by itself, while the others go on. {@link Sequencer.Failures} is called by
 * whoever has the turn; all else belongs to the worker.
 */
final class Recoveries implements Sequencer.Failures {
    private final WorkerContext context;
    private final PartitionSession session;
    private final String handler;
    private final Runnable signal;
    private final Scope scope;
    private final Queue<Item> failed = new ConcurrentLinkedQueue<>();
    private final TreeMap<Long, Failing> underWay = new TreeMap<>();

    /** Whether what is said of them is no longer true. */
    private boolean stale;

    /** What waits for a failed record. */
    enum Scope {
        /** All later records of the partition. */
        PARTITION,
        /** Those of its key at most. */
        KEY
    }

    /** A record that has failed, and what is done about it. */
    private final class Failing {
        private final Item item;
        private final Recovery recovery;
        private Obstacle obstacle = Obstacle.NONE;

        Failing(Item item) {
            this.item = item;
            this.recovery = new Recovery(context, session, handler, signal, this::waitsFor);
        }

        private void waitsFor(Obstacle now) {
            obstacle = now;
            stale = true;
        }
    }

    Recoveries(WorkerContext context, PartitionSession session, String handler, Scope scope, Runnable signal) {
        this.scope = scope;
        this.context = context;
        this.session = session;
        this.handler = handler;
        this.signal = signal;
    }

    @Override
    public boolean isDecided(Item item) {
        return Recovery.isDecided(session, context.settings().failures(), item.record);
    }

    @Override
    public void take(Item item) {
        failed.add(item);
        signal.run();
    }

    @Override
    public void lookAgain() {
        signal.run();
    }

    /** Goes on with all of them; returns when to be called again. */
    Next proceed(Sequencer sequencer) {
        for (Item item = failed.poll(); item != null; item = failed.poll()) {
            if (session.state().counts()) {
                begin(item);
            } else if (item.result instanceof Result.Failed failure && failure.failure() instanceof Error error) {
                // What failed just before the partition was lost concerns its new owner alone, but an error this
                // process.
                context.fatal().accept(error);
            }
        }
        Next soonest = Next.IDLE;
        Iterator<Failing> all = underWay.values().iterator();
        while (all.hasNext()) {
            Failing failing = all.next();
            if (isForNextOwner(failing)) {
                remove(all, failing);
                continue;
            }
            Recovery.Ruling ruling = failing.recovery.step(failing.item.record);
            if (!(ruling instanceof Recovery.Ruling.Wait wait)) {
                remove(all, failing);
                handBack(failing.item, ruling, sequencer);
            } else if (isForNextOwner(failing)) {
                // Its letter was not taken just now.
                remove(all, failing);
            } else {
                soonest = Next.sooner(soonest, wait.next());
            }
        }
        if (stale) {
            stale = false;
            session.obstacle(obstacle());
        }
        return soonest;
    }

    private void remove(Iterator<Failing> all, Failing failing) {
        all.remove();
        stale |= !(failing.obstacle instanceof Obstacle.None);
    }

    private boolean isForNextOwner(Failing failing) {
        return !session.isOpen() && failing.recovery.canLetGo();
    }

    private void begin(Item item) {
        Failing failing = new Failing(item);
        underWay.put(item.record.offset(), failing);
        Result result = item.result;
        item.result = null;
        if (result instanceof Result.Failed failure) {
            failing.recovery.begin(item.record, failure.failure());
        } else {
            failing.recovery.takeOver(item.record);
        }
    }

    private void handBack(Item item, Recovery.Ruling ruling, Sequencer sequencer) {
        item.result = ruling instanceof Recovery.Ruling.Over ? Result.OVER : Result.AGAIN;
        sequencer.settle(item);
    }

    /** Tells whether the partition may be given up now. */
    boolean canLetGo() {
        return failed.isEmpty() && underWay.isEmpty();
    }

    private Obstacle obstacle() {
        List<WaitingRecord> named = new ArrayList<>();
        Optional<WaitingRecord> gravest = Optional.empty();
        int count = 0;
        for (Failing failing : underWay.values()) {
            if (failing.obstacle instanceof Obstacle.Blocked blocked) {
                count++;
                WaitingRecord waiting = blocked.record();
                if (named.size() < PartitionSnapshot.MOST_WAITING) {
                    named.add(waiting);
                }
                if (gravest.filter(grave -> grave.cause().compareTo(waiting.cause()) <= 0)
                        .isEmpty()) {
                    gravest = Optional.of(waiting);
                }
            }
        }
        if (gravest.isEmpty()) {
            return Obstacle.NONE;
        }
        return scope == Scope.PARTITION
                ? new Obstacle.Blocked(gravest.get())
                : new Obstacle.Hindered(gravest.get(), List.copyOf(named), count);
    }
}
