package io.bywash.chaos.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was committed of each partition, in the order in which the coordinator took it. */
final class CommitHistory {
    private static final long MICROS = 1_000;

    private final Map<Integer, List<Commit>> byPartition = new HashMap<>();

    CommitHistory(List<Commit> commits) {
        commits.forEach(commit -> byPartition
                .computeIfAbsent(commit.partition(), one -> new ArrayList<>())
                .add(commit));
    }

    /** Whether the last commit before an ownership says, by offset or beside it, that a record was complete. */
    boolean told(Ownership owner, Position record) {
        long begin = owner.begin() / MICROS;
        Commit known = null;
        for (Commit commit : byPartition.getOrDefault(record.partition(), List.of())) {
            if (commit.millis() < begin) {
                known = commit;
            }
        }
        return known != null && known.covers(record.offset());
    }
}
