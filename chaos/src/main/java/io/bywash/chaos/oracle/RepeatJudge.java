package io.bywash.chaos.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every repetition is explained: it was made under another ownership than the success before it, and what was committed when that
 * ownership began, by offset or beside it, did not cover the record.
 */
final class RepeatJudge {
    private static final long MICROS = 1_000;

    private final Findings findings;
    private final Map<Integer, List<Commit>> commits = new HashMap<>();
    private final Map<String, Integer> explained = new TreeMap<>();

    RepeatJudge(Evidence evidence, Findings findings) {
        this.findings = findings;
        evidence.commits()
                .forEach(commit -> commits.computeIfAbsent(commit.partition(), one -> new ArrayList<>())
                        .add(commit));
        evidence.history().byRecord().values().forEach(this::judge);
    }

    Map<String, Integer> count() {
        return explained;
    }

    private void judge(List<Call> calls) {
        for (int i = 1; i < calls.size(); i++) {
            Call call = calls.get(i);
            Optional<Call> success =
                    calls.subList(0, i).stream().filter(Call::succeeded).findFirst();
            if (success.isPresent()) {
                judge(success.get(), call);
            }
        }
    }

    private void judge(Call success, Call again) {
        if (success.owner() == again.owner()) {
            findings.add("handled again by the same owner", success + " then " + again);
        } else if (wasTold(again)) {
            findings.add("handled again although the commit covered it", success + " then " + again);
        } else {
            explained.merge(explanation(success.owner(), again.owner()), 1, Integer::sum);
        }
    }

    private static String explanation(Ownership first, Ownership second) {
        return second.begin() < first.begin() ? "outdated owner" : first.end().text();
    }

    /** Whether the last commit before the ownership of a call covers its record. */
    private boolean wasTold(Call call) {
        long begin = call.owner().begin() / MICROS;
        Commit known = null;
        for (Commit commit : commits.getOrDefault(call.at().partition(), List.of())) {
            if (commit.millis() < begin) {
                known = commit;
            }
        }
        return known != null && known.covers(call.at().offset());
    }
}
