package io.bywash.simulation.workload;

import io.bywash.core.event.RecordPosition;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.RetriableException;
import io.bywash.simulation.schedule.Chance;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides how calls turn out, in all processes: what a record has cost in one, it has not to cost again in another. */
public final class Script {
    private static final Duration USUAL = Duration.ofMillis(30);

    /** How often a call is over at once: in most runs, and after a race, so that the next one is not far. */
    private static final double SELDOM = 0.3;

    private static final double OFTEN = 0.98;

    private final Chance chance;
    private final int race;
    private final Map<RecordPosition, Integer> failuresLeft = new HashMap<>();
    private final Set<RecordPosition> spent = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private Troubles troubles;

    /**
     * Creates a script.
     *
     * @param chance decides
     * @param troubles what goes wrong until it is {@linkplain #heal healed}
     * @param race how many calls are over at once when a process has begun; after that most are
     */
    public Script(Chance chance, Troubles troubles, int race) {
        this.race = race;
        this.chance = chance;
        this.troubles = troubles;
    }

    /** Lets nothing go wrong any more but what lies in the nature of the records. */
    public void heal() {
        troubles = Troubles.NONE;
    }

    /**
     * Decides whether a call is over as soon as it began.
     *
     * @param before how many calls the process has begun before
     */
    boolean isInstant(int before) {
        boolean racing = before < race;
        return racing || chance.happens(race > 0 ? OFTEN : SELDOM);
    }

    /** Decides how long a call takes, in nanoseconds. */
    long duration() {
        return chance.between(Duration.ZERO, chance.happens(troubles.callSlow()) ? troubles.slowest() : USUAL);
    }

    /** Decides whether a call gives up when it is interrupted. */
    boolean heedsInterrupts() {
        return !chance.happens(troubles.ignoresInterrupts());
    }

    /** Decides whether a stage completes for no reason of its own: only when it is cancelled, or when all is well again. */
    boolean stageHangs() {
        return chance.happens(troubles.stageHangs());
    }

    /** Decides whether a stage says more than once that it is complete. */
    boolean stageRepeats() {
        return chance.happens(troubles.stageRepeats());
    }

    /** Decides whether an application goes back to a record that it has had. */
    boolean goesBack() {
        return chance.happens(troubles.goesBack());
    }

    /** Ends all that a process works on. */
    public void crashed(String process) {
        gone.add(process);
    }

    /** Tells whether a process is no more. */
    boolean isGone(String process) {
        return gone.contains(process);
    }

    /** Tells whether nothing goes wrong any more but what lies in the nature of the records. */
    boolean isHealed() {
        return troubles.equals(Troubles.NONE);
    }

    /** Picks one of several ways. */
    <T> T pick(List<T> ways) {
        return chance.pick(ways);
    }

    /** Comes to the end of an attempt at a record. */
    void act(RecordPosition record, Nature nature) throws Exception {
        if (Thread.interrupted()) {
            throw new InterruptedException("the call was interrupted");
        }
        if (chance.happens(troubles.callFails())) {
            throw chance.pick(List.of(
                    new RetriableException("not now"),
                    new IllegalStateException("not so"),
                    new IOException("not there")));
        }
        switch (nature) {
            case GOOD -> {}
            case FLAKY -> failIfNotYet(record);
            case STUBBORN -> throw new IllegalArgumentException("never");
            case HOPELESS, LARGE -> throw new NonRetriableException("never, and no attempt can change it");
            case POISON -> throw new IllegalStateException("a record that cannot be decoded reached the handler");
            case FATAL -> failIfFirst(record);
        }
    }

    private void failIfNotYet(RecordPosition record) {
        int left = failuresLeft.computeIfAbsent(record, first -> 1 + chance.below(3));
        failuresLeft.put(record, left - 1);
        if (left > 0) {
            throw new RetriableException(left + " more failures to come");
        }
    }

    private void failIfFirst(RecordPosition record) {
        if (spent.add(record)) {
            throw new AssertionError("this process can go on no longer");
        }
    }

    /** Is told something about a partition. */
    void hear() throws Exception {
        if (chance.happens(troubles.noticeFails())) {
            throw new IOException("not there");
        }
    }
}
