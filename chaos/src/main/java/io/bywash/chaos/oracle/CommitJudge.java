package io.bywash.chaos.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Commits never fall, and never run ahead of what is complete, neither by offset nor by what they tell beside it. What was completed by
 * somebody who had lost the partition by then does not count.
 */
final class CommitJudge {
    private static final long MICROS = 1_000;

    private final Evidence evidence;
    private final Findings findings;
    private final Map<Position, Long> gone = new HashMap<>();
    private final Map<Integer, Long> offsets = new HashMap<>();
    private final Map<Integer, NavigableMap<Long, Position>> records = new HashMap<>();

    private CommitJudge(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
        evidence.erased().forEach(one -> gone.put(one.at(), one.micros()));
        evidence.keys().keySet().stream()
                .filter(this::isToBeHandled)
                .forEach(at -> records.computeIfAbsent(at.partition(), one -> new TreeMap<>())
                        .put(at.offset(), at));
    }

    /**
     * Whether it is there, or was there until somebody had it or its log was lost. One that retention or compaction took before anybody
     * had it is nobody's business.
     */
    private boolean isToBeHandled(Position at) {
        boolean kept = at.offset() >= evidence.begins().getOrDefault(at.partition(), 0L);
        return evidence.visible().containsKey(at) || kept && (isBegun(at) || gone.containsKey(at));
    }

    private boolean isBegun(Position at) {
        return !evidence.history().calls(at).isEmpty();
    }

    /**
     * Whether whoever commits may have come by what nobody began otherwise than by passing it over: somebody who has not heard of another
     * log reads on in that one.
     */
    private boolean isExcused(Position at, Commit commit) {
        long lost = gone.getOrDefault(at, Long.MAX_VALUE);
        return !isBegun(at) && (commit.millis() + 1) * MICROS > lost;
    }

    static void judge(Evidence evidence, Findings findings) {
        CommitJudge judge = new CommitJudge(evidence, findings);
        evidence.commits().forEach(judge::judge);
    }

    private void judge(Commit commit) {
        long before = offsets.getOrDefault(commit.partition(), 0L);
        if (commit.offset() < before) {
            findings.add("a commit fell", commit + " after " + before);
        }
        for (Position at : newly(commit, before)) {
            // The coordinator's time has milliseconds, so a record may be complete within the one of the commit.
            boolean complete = evidence.completedByOwner(at)
                    .filter(micros -> micros < (commit.millis() + 1) * MICROS)
                    .isPresent();
            if (!complete && !isExcused(at, commit)) {
                findings.add("committed before it was complete", at + " by the commit of " + commit.offset());
            }
        }
        offsets.merge(commit.partition(), commit.offset(), Math::max);
    }

    private List<Position> newly(Commit commit, long before) {
        NavigableMap<Long, Position> mine = records.getOrDefault(commit.partition(), new TreeMap<>());
        List<Position> all = new ArrayList<>();
        if (commit.offset() > before) {
            all.addAll(mine.subMap(before, commit.offset()).values());
        }
        for (int i = 0; i < commit.done().length; i += 2) {
            all.addAll(mine.subMap(commit.done()[i], commit.done()[i + 1]).values());
        }
        return all;
    }
}
