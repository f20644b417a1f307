package io.bywash.chaos.trial;

import io.bywash.chaos.oracle.Verdict;
import java.time.Duration;
import java.util.List;

/** What single trials demand beside what the oracle demands of all of them. */
final class Demands {
    private Demands() {}

    /** Nothing is handled again. */
    static Verdict noRepetition(Verdict verdict) {
        return demand(verdict.repetitions() == 0, verdict, "repetitions: " + verdict.repeated());
    }

    /** No partition of a worker that no fault hit stands still for longer. */
    static Verdict pausesUpTo(Duration limit, Verdict verdict) {
        return upTo(limit, verdict.delays().pause(), verdict, "a partition that no fault hit stood still for ");
    }

    /** No partition stands still for longer, whoever has it. */
    static Verdict standstillsUpTo(Duration limit, Verdict verdict) {
        return upTo(limit, verdict.delays().standstill(), verdict, "a partition stood still for ");
    }

    /** No partition takes longer from its last call until its next owner has it. */
    static Verdict handOversUpTo(Duration limit, Verdict verdict) {
        return upTo(
                limit,
                verdict.delays().handOver(),
                verdict,
                "after its last call began a partition was on its way for ");
    }

    /** No handler waits longer, from the beginning of a rebalance, until it is told that a partition is given up in it. */
    static Verdict revocationsUpTo(Duration limit, Verdict verdict) {
        return upTo(limit, verdict.delays().revocation(), verdict, "giving a partition up took ");
    }

    /** Commits tell what is complete beyond their offsets, or nothing would be known of that. */
    static Verdict tellingCommits(Verdict verdict) {
        return demand(verdict.telling() > 0, verdict, "no commit told what was complete beyond its offset");
    }

    /** Commits are bare offsets. */
    static Verdict bareCommits(Verdict verdict) {
        return demand(
                verdict.telling() == 0,
                verdict,
                verdict.telling() + " commits told what was complete beyond their offsets, and none was to");
    }

    /** There are more holes than the markers of transactions leave, so that others are there as well. */
    static Verdict holesBeside(long markers, Verdict verdict) {
        return demand(
                verdict.holes() > markers,
                verdict,
                "the last read shows " + verdict.holes() + " holes, and " + markers
                        + " of them are markers of transactions");
    }

    /** The brokers erased records that they had acknowledged, or the trial shows nothing. */
    static Verdict erasedRecords(Verdict verdict) {
        return demand(!verdict.erased().isEmpty(), verdict, "no record was erased");
    }

    /** A dead letter was on its way while none was taken. */
    static Verdict refusedLetters(long refused, Verdict verdict) {
        return demand(refused > 0, verdict, "no dead letter was refused");
    }

    private static Verdict upTo(Duration limit, Duration time, Verdict verdict, String finding) {
        return demand(time.compareTo(limit) <= 0, verdict, finding + time + ", and not for at most " + limit);
    }

    private static Verdict demand(boolean fine, Verdict verdict, String finding) {
        return fine ? verdict : verdict.with(List.of(finding));
    }
}
