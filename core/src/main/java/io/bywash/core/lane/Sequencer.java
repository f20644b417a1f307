package io.bywash.core.lane;

import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.PartitionSession;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the books of one partition while many of its records are under way. It runs on no thread of its own: whoever hands a result
 * back or wants something to do takes the {@link Turn}, puts the books in order, picks the next record, and makes the call after the
 * turn is given up. Whoever finds the turn taken leaves the result and goes; so no thread ever waits for another.
 *
 * <p>All books (keys, incomplete records, counts) belong to the turn and need no synchronisation of their own. What others may know
 * is published at its end.
 */
final class Sequencer {
    /** How many records one turn looks at for one that can run, so that a hot key does not make turns long. */
    private static final int LOOKS = 256;

    private final LaneWorker partition;
    private final PartitionSession session;
    private final KeyOrder order;
    private final Failures failures;
    private final Turn turn = new Turn();
    private final AtomicReference<@Nullable Item> returned = new AtomicReference<>();
    private final OpenBooks open = new OpenBooks();

    // Of the turn.
    private final Intake intake;
    private final Incomplete incomplete = new Incomplete();
    private final HeldBack heldBack = new HeldBack();
    private final Supply supply;
    private long completedRecords;
    private long completedBytes;
    private long publishedThrough;
    private int inCalls;

    private volatile boolean news;
    private volatile boolean hasRunnable;
    private volatile int calls;
    private volatile long due = Supply.NEVER;

    /**
     * How the items of a partition are ordered.
     *
     * @param keys which of them wait for each other
     * @param supply how those that wait for none are handed out
     */
    record Order(KeyOrder keys, Supply supply) {}

    /** What becomes of items that need more than a call. Called in a turn, so it must be quick. */
    interface Failures {

        /** Tells whether an item gets no further attempt. */
        boolean isDecided(Item item);

        /** Takes an item whose {@link Item#result} says that it failed or is decided. */
        void take(Item item);

        /** Asks the worker to look at this sequencer again. */
        void lookAgain();
    }

    Sequencer(LaneWorker partition, PartitionSession session, Order order, Failures failures) {
        this.partition = partition;
        this.session = session;
        this.order = order.keys();
        this.supply = order.supply();
        this.failures = failures;
        this.intake = new Intake(session);
        this.publishedThrough = intake.takenThrough();
    }

    /** Notes that a batch came. The caller sees to it that somebody attends to it. */
    void batchCame() {
        news = true;
    }

    /** Tells whether anything could run, as far as is known. */
    boolean hasWork() {
        return hasRunnable || news;
    }

    /** Tells whether somebody is at the books. */
    boolean isInTurn() {
        return turn.isTaken();
    }

    /** Returns when something can run without anything else happening: a time of the ticker, or {@link Supply#NEVER}. */
    long due() {
        return due;
    }

    /** Returns how many calls are under way. */
    int calls() {
        return calls;
    }

    /** Returns what anybody may know. */
    OpenBooks open() {
        return open;
    }

    /** Hands an item back, if there is one, and takes another; nothing if none can run, or somebody else has the turn. */
    @Nullable
    Item exchange(@Nullable Item done) {
        leave(done);
        Item picked = null;
        while (turn.take()) {
            absorbReturned();
            if (picked == null) {
                picked = pick();
            }
            endTurn();
            if (returned.get() == null) {
                break;
            }
        }
        return picked;
    }

    /** Hands an item back, if there is one, and puts the books in order. */
    void settle(@Nullable Item done) {
        leave(done);
        while (turn.take()) {
            absorbReturned();
            endTurn();
            if (returned.get() == null) {
                break;
            }
        }
    }

    /**
     * Tells whether nothing is under way after the session was closed for further records. If somebody has the turn,
     * the answer is no, and {@link Failures#lookAgain} follows.
     */
    boolean isAtRest() {
        boolean atRest = false;
        while (turn.take()) {
            absorbReturned();
            atRest = inCalls == 0;
            giveUpTurn();
            if (returned.get() == null) {
                break;
            }
        }
        return atRest;
    }

    private void leave(@Nullable Item done) {
        if (done == null) {
            return;
        }
        Item rest = returned.get();
        done.next = rest;
        while (!returned.compareAndSet(rest, done)) {
            rest = returned.get();
            done.next = rest;
        }
    }

    private void absorbReturned() {
        Item rest = returned.get() == null ? null : returned.getAndSet(null);
        while (rest != null) {
            Item item = rest;
            rest = item.next;
            item.next = null;
            absorb(item);
        }
    }

    private void absorb(Item item) {
        Result result = item.result;
        item.result = null;
        if (result instanceof Result.Handled) {
            inCalls--;
            complete(item);
        } else if (result instanceof Result.Failed) {
            inCalls--;
            item.result = result;
            failures.take(item);
            heldBack.fails(item);
        } else if (result instanceof Result.Over) {
            heldBack.goesOn(item);
            complete(item);
        } else if (result instanceof Result.Again) {
            heldBack.goesOn(item);
            supply.again(item);
        } else if (result instanceof Result.GroupOver group) {
            inCalls--;
            absorb(group);
        } else {
            inCalls--;
        }
    }

    private void complete(Item item) {
        Item heir = remove(item);
        if (heir != null) {
            supply.ready(heir);
        }
    }

    private @Nullable Item remove(Item item) {
        incomplete.remove(item);
        // An earlier attempt may have failed, under this owner or a former one.
        if (!session.failed().isEmpty()) {
            session.failed().remove(item.record.offset());
        }
        completedRecords++;
        completedBytes += item.bytes;
        supply.completed(item);
        return order.leave(item);
    }

    private void absorb(Result.GroupOver group) {
        List<Item> items = group.items();
        int handled = group.handled();
        // Those in the group follow each other, so only what the last of them leaves behind is ready now.
        Item heir = null;
        for (Item item : items.subList(0, handled)) {
            heir = remove(item);
        }
        if (handled == items.size()) {
            if (heir != null) {
                supply.ready(heir);
            }
        } else if (group.failure() != null) {
            takeBack(items.subList(handled, items.size()), group);
        }
    }

    /**
     * Takes back what is not complete. Where it is not known which record failed, each is tried by itself before any has an attempt
     * the less; but an error concerns the process, whichever it was.
     */
    private void takeBack(List<Item> items, Result.GroupOver group) {
        if (!group.known()) {
            supply.separate(items);
        }
        Item first = items.get(0);
        letGoBehind(first);
        if (group.known() || group.failure() instanceof Error) {
            first.result = new Result.Failed(Objects.requireNonNull(group.failure()));
            failures.take(first);
            heldBack.fails(first);
        } else {
            supply.again(first);
        }
    }

    /** Has those go on by themselves that only went along with an item. */
    private void letGoBehind(Item item) {
        Item rest = order.cutBehind(item);
        if (rest != null) {
            supply.again(rest);
        }
    }

    private @Nullable Item pick() {
        if (!session.isOpen()) {
            return null;
        }
        // Cleared before the queue is looked at: a batch that comes after this sets it again.
        news = false;
        Item item = supply.poll();
        for (int looks = 0; item == null && looks < LOOKS; looks++) {
            Item taken = intake.next(partition);
            if (taken == null) {
                return null;
            }
            incomplete.add(taken);
            Item head = order.enter(taken);
            if (head == taken) {
                supply.ready(taken);
            } else {
                heldBack.joins(head);
                supply.joined(head, taken);
            }
            item = supply.poll();
        }
        if (item != null && item.result instanceof Result.Group group) {
            // Those behind its last were too many, or go by themselves.
            letGoBehind(group.items().get(group.items().size() - 1));
        }
        if (item == null || isDecided(item)) {
            return null;
        }
        inCalls++;
        return item;
    }

    private boolean isDecided(Item item) {
        if (session.failed().isEmpty() || !failures.isDecided(item)) {
            return false;
        }
        item.result = Result.DECIDED;
        failures.take(item);
        heldBack.fails(item);
        return true;
    }

    private void endTurn() {
        long dueBefore = due;
        giveUpTurn();
        // Looked at after the turn is free: whoever closed the session before that found it taken and waits to be told.
        if (due != dueBefore || !session.isOpen()) {
            failures.lookAgain();
        }
    }

    /** Publishes what others may know. The worker ends its own turns so: told of them, it would take another at once, for ever. */
    private void giveUpTurn() {
        if (completedRecords > 0) {
            session.queue().finished(completedRecords, completedBytes);
            completedRecords = 0;
            completedBytes = 0;
        }
        long through = incomplete.isEmpty() ? intake.takenThrough() : incomplete.firstOffset() - 1;
        if (through != publishedThrough) {
            publishedThrough = through;
            session.ledger().complete(through);
        }
        if (session.ledger().isReportWanted()) {
            report();
        }
        open.publish(incomplete, intake, heldBack);
        hasRunnable = session.isOpen() && (supply.hasReady() || intake.hasNext());
        calls = inCalls;
        due = supply.due();
        turn.giveUp();
    }

    private void report() {
        DoneRanges ahead = intake.stillAhead();
        int leaderEpoch = Math.max(intake.leaderEpoch(), ahead.leaderEpoch());
        session.ledger()
                .report(incomplete.between(intake.takenThrough(), leaderEpoch).and(ahead));
    }
}
