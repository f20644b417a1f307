package io.bywash.core.lane;

import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.thread.Next;
import io.bywash.core.worker.Recovery;
import io.bywash.core.worker.WorkerContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Sees the failed records of one partition through, each by itself, while the others go on. {@link Sequencer.Failures} is called by
 * whoever has the turn; all else belongs to the worker.
 */
final class Recoveries implements Sequencer.Failures {
    private static final int NAMED = 3;

    private final WorkerContext context;
    private final PartitionSession session;
    private final String handler;
    private final Runnable signal;
    private final Queue<Item> failed = new ConcurrentLinkedQueue<>();
    private final TreeMap<Long, Failing> underWay = new TreeMap<>();

    /** A record that has failed, and what is done about it. */
    private final class Failing {
        private final Item item;
        private final Recovery recovery;
        private Obstacle obstacle = Obstacle.NONE;

        Failing(Item item) {
            this.item = item;
            this.recovery = new Recovery(context, session, handler, signal, now -> obstacle = now);
        }
    }

    Recoveries(WorkerContext context, PartitionSession session, String handler, Runnable signal) {
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
                all.remove();
                continue;
            }
            Recovery.Ruling ruling = failing.recovery.step(failing.item.record);
            if (!(ruling instanceof Recovery.Ruling.Wait wait)) {
                all.remove();
                handBack(failing.item, ruling, sequencer);
            } else if (isForNextOwner(failing)) {
                // Its letter was not taken just now.
                all.remove();
            } else {
                soonest = Next.sooner(soonest, wait.next());
            }
        }
        session.obstacle(obstacle());
        return soonest;
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
        List<Obstacle.Blocked> waiting = new ArrayList<>();
        for (Failing failing : underWay.values()) {
            if (failing.obstacle instanceof Obstacle.Blocked blocked) {
                waiting.add(blocked);
            }
        }
        if (waiting.isEmpty()) {
            return Obstacle.NONE;
        }
        String why = waiting.stream()
                .limit(NAMED)
                .map(blocked -> "offset " + blocked.offset() + ": " + blocked.why())
                .collect(Collectors.joining("; "));
        String more = waiting.size() > NAMED ? "; and " + (waiting.size() - NAMED) + " more" : "";
        Obstacle.Blocked first = waiting.get(0);
        return new Obstacle.Hindered(first.reason(), first.offset(), why + more);
    }
}
