package io.bywash.core.lane;

import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.thread.Next;
import io.bywash.core.worker.Recovery;
import io.bywash.core.worker.WorkerContext;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
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

    /** Those whose letter was answered, as the producer's thread leaves them. */
    private final Queue<Failing> answered = new ConcurrentLinkedQueue<>();

    // When a whole system fails there are thousands, so a call must not go through all of them.
    private final TreeMap<Long, Failing> underWay = new TreeMap<>();
    private final Queue<Due> due = new PriorityQueue<>(Due.FIRST);
    private final Queue<Failing> ready = new ArrayDeque<>();
    private final Waiters waiters = new Waiters();
    private long orders;

    /** When a record is to be gone on with. */
    private record Due(long at, Failing failing) {
        static final Comparator<Due> FIRST = ((Comparator<Due>) (one, other) -> Long.signum(one.at - other.at))
                .thenComparingLong(due -> due.failing.offset());
    }

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
        private Optional<Due> due = Optional.empty();

        Failing(Item item) {
            this.item = item;
            this.recovery = new Recovery(context, session, handler, this::answered, this::waitsFor);
        }

        private void answered() {
            answered.add(this);
            signal.run();
        }

        private void waitsFor(Obstacle now) {
            if (now instanceof Obstacle.Blocked blocked) {
                waiters.add(blocked.record());
            } else {
                waiters.remove(offset());
            }
        }

        private long offset() {
            return item.record.offset();
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
        collect();
        for (Failing next = ready.poll(); next != null; next = ready.poll()) {
            goOn(next, sequencer);
        }
        if (waiters.haveChanged()) {
            session.obstacle(waiters.obstacle(scope));
        }
        return Optional.ofNullable(due.peek()).map(first -> Next.at(first.at)).orElse(Next.IDLE);
    }

    /** Looks for those that have something to do. */
    private void collect() {
        for (Failing one = answered.poll(); one != null; one = answered.poll()) {
            ready.add(one);
        }
        long now = context.now();
        while (!due.isEmpty() && now - due.element().at >= 0) {
            Due first = due.remove();
            // Else it was gone on with before, or is over.
            if (first.failing.due.filter(first::equals).isPresent()) {
                first.failing.due = Optional.empty();
                ready.add(first.failing);
            }
        }
        if (!session.isOpen()) {
            ready.addAll(underWay.values());
        } else if (orders != session.failed().orders()) {
            orders = session.failed().orders();
            underWay.values().stream()
                    .filter(failing -> failing.recovery.isHalted())
                    .forEach(ready::add);
        }
    }

    private void goOn(Failing failing, Sequencer sequencer) {
        if (underWay.get(failing.offset()) != failing) {
            // It was over before its turn came.
            return;
        }
        if (isForNextOwner(failing)) {
            remove(failing);
            return;
        }
        Recovery.Ruling ruling = failing.recovery.step(failing.item.record);
        if (!(ruling instanceof Recovery.Ruling.Wait wait)) {
            remove(failing);
            handBack(failing.item, ruling, sequencer);
        } else if (isForNextOwner(failing)) {
            // Its letter was not taken just now.
            remove(failing);
        } else {
            await(failing, wait.next());
        }
    }

    private void await(Failing failing, Next next) {
        Optional<Due> then = next instanceof Next.At at ? Optional.of(new Due(at.nanos(), failing)) : Optional.empty();
        if (!then.equals(failing.due)) {
            failing.due = then;
            then.ifPresent(due::add);
        }
    }

    private void remove(Failing failing) {
        underWay.remove(failing.offset());
        failing.due = Optional.empty();
        waiters.remove(failing.offset());
    }

    private boolean isForNextOwner(Failing failing) {
        return !session.isOpen() && failing.recovery.canLetGo();
    }

    private void begin(Item item) {
        Failing failing = new Failing(item);
        underWay.put(item.record.offset(), failing);
        ready.add(failing);
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
}
