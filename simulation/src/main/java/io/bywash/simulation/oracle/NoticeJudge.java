package io.bywash.simulation.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Judges what the handler is told of partitions that come and go. */
final class NoticeJudge {
    private final Truth truth;
    private final Map<Truth.Place, Notice> told = new HashMap<>();
    private final Map<Truth.Place, Ends> ends = new HashMap<>();

    /** The ends of the ownerships of a partition at a client, and of how many the handler was told. */
    private static final class Ends {
        private final Set<Ownership> handedOver = new HashSet<>();
        private final Set<Ownership> gone = new HashSet<>();
        private final Set<Ownership> settled = new HashSet<>();
        private int told;

        /** Takes note of a notice; returns whether there is an end that it may be about. */
        boolean tell(Notice notice) {
            told++;
            Set<Ownership> all = new HashSet<>(handedOver);
            all.addAll(gone);
            boolean may = notice == Notice.REVOKED
                    ? told <= all.size() && !handedOver.isEmpty()
                    // What could not be told before the last commit is told as a loss.
                    : told <= gone.size();
            if (told >= all.size()) {
                settled.addAll(all);
                handedOver.clear();
                gone.clear();
                told = 0;
            }
            return may;
        }
    }

    NoticeJudge(Truth truth) {
        this.truth = truth;
    }

    Notice last(Truth.Place place) {
        return told.getOrDefault(place, Notice.REVOKED);
    }

    /** A notice comes. */
    void told(Truth.Place place, Notice notice, boolean calling) {
        Notice before = last(place);
        boolean inOrder = notice == Notice.ASSIGNED ? before != Notice.ASSIGNED : before == Notice.ASSIGNED;
        if (!inOrder || calling) {
            report(place, notice + " after " + before + (calling ? " in the middle of a call" : ""));
        }
        told.put(place, notice);
        if (notice != Notice.ASSIGNED && !ends(place).tell(notice)) {
            report(place, notice + ", although it was not so");
        }
    }

    /** A partition is about to be given up. */
    void handsOver(Truth.Place place) {
        truth.owner(place).filter(owner -> !ends(place).settled.contains(owner)).ifPresent(ends(place).handedOver::add);
    }

    /** A partition is given up, or lost. */
    void gone(Ownership owner) {
        Ends of = ends(owner.place());
        if (!of.settled.contains(owner)) {
            of.gone.add(owner);
        }
    }

    /** Requires that the handler has been told of the end of an ownership of whose beginning it was told. */
    void requireTold(Ownership owner, String when) {
        if (last(owner.place()) == Notice.ASSIGNED) {
            report(owner.place(), "the handler was not told that it goes, " + when);
        }
    }

    /** Requires that the handler of a process that is over has been told of the end of all that it was told of. */
    void requireAllTold(String process) {
        told.forEach((place, last) -> {
            if (place.client().equals(process) && last == Notice.ASSIGNED) {
                report(place, "the handler was never told that it went");
            }
        });
    }

    private Ends ends(Truth.Place place) {
        return ends.computeIfAbsent(place, first -> new Ends());
    }

    private void report(Truth.Place place, String how) {
        truth.report(Invariant.LIFE_CYCLE, place + ": " + how);
    }
}
