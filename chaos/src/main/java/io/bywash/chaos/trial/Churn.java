package io.bywash.chaos.trial;

import io.bywash.chaos.oracle.Fault;
import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Members that come and go, beside one that stays. One that goes has begun records, since there would be nothing to take from it; a
 * process that starts may take longer for that than others stay. One thread at a time.
 */
final class Churn {
    private static final int FEW = 2;

    private final Experiment run;

    /** The longest there first. */
    private final Deque<String> there;

    /** The longest away first. */
    private final Deque<String> away;

    private boolean killsNext;

    Churn(Experiment run, List<String> there, List<String> away) {
        this.run = run;
        this.there = new ArrayDeque<>(there);
        this.away = new ArrayDeque<>(away);
    }

    /** Starts a member or ends one; returns whether there was any to start or to end. */
    boolean turn() throws IOException {
        boolean mayEnd = !there.isEmpty() && hasBegun(there.getFirst());
        boolean mayStart = !away.isEmpty() && !run.crew().isAlive(away.getFirst());
        if (mayEnd && (there.size() > FEW || !mayStart)) {
            end(there.removeFirst());
        } else if (mayStart) {
            start(away.removeFirst());
        }
        return mayEnd || mayStart;
    }

    /** Has some stay, or come back, and ends all others. */
    void end(List<String> staying) throws IOException {
        for (String member : List.copyOf(there)) {
            if (!staying.contains(member)) {
                there.remove(member);
                run.crew().process(member).terminate();
                run.fault("SIGTERM", run.crew().name(member));
            }
        }
        for (String member : staying) {
            if (!run.crew().isAlive(member)) {
                start(member);
            }
        }
    }

    private boolean hasBegun(String member) throws IOException {
        return run.crew().without(Mark.START, List.of(run.crew().name(member))).isEmpty();
    }

    private void start(String member) throws IOException {
        run.crew().start(member);
        run.fault("start", run.crew().name(member));
        there.addLast(member);
    }

    /** Kills every second one. */
    private void end(String member) {
        String process = run.crew().name(member);
        if (killsNext) {
            run.crew().process(member).kill();
            run.fault(Fault.KILL, process);
        } else {
            run.crew().process(member).terminate();
            run.fault("SIGTERM", process);
        }
        killsNext = !killsNext;
        away.addLast(member);
    }
}
