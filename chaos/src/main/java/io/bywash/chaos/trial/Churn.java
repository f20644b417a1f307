package io.bywash.chaos.trial;

import io.bywash.chaos.oracle.Fault;
import io.bywash.chaos.worker.Mark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Members that come and go in turn, beside one that stays. One thread at a time. */
final class Churn {
    /** Each is there for as many turns as there are of them, since a process that starts has no partition for the first few. */
    private static final List<String> MEMBERS = List.of("b", "c", "d", "e", "f");

    private final Experiment run;
    private final List<String> told = new ArrayList<>();
    private final List<String> killed = new ArrayList<>();

    Churn(Experiment run) {
        this.run = run;
    }

    /** Starts the member whose turn it is, or ends it: every second one that goes is killed. */
    void turn(int number) throws IOException {
        String member = MEMBERS.get(number % MEMBERS.size());
        Crew crew = run.crew();
        if (!crew.isAlive(member)) {
            crew.start(member);
            run.fault("start", crew.name(member));
        } else if (killed.size() < told.size()) {
            killed.add(crew.name(member));
            crew.process(member).kill();
            run.fault(Fault.KILL, crew.name(member));
        } else {
            told.add(crew.name(member));
            crew.process(member).terminate();
            run.fault("SIGTERM", crew.name(member));
        }
    }

    /** What is wrong if those who went had no partition to leave, so that the trial shows nothing. */
    List<String> findings() throws IOException {
        List<String> findings = new ArrayList<>();
        for (List<String> gone : List.of(told, killed)) {
            List<String> idle = run.crew().without(Mark.START, gone);
            if (2 * idle.size() > gone.size()) {
                findings.add("of the members that went, " + gone + ", these had begun no record: " + idle);
            }
        }
        return findings;
    }
}
