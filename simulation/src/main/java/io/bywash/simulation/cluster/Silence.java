package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Stage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members that nothing is heard of any more, and when their sessions end. */
final class Silence {
    private static final Duration SESSION = Duration.ofSeconds(6);

    private final Stage stage;
    private final Map<String, Long> ends = new LinkedHashMap<>();

    Silence(Stage stage) {
        this.stage = stage;
    }

    /** A member was last heard of a while ago, or just now. */
    void begin(String member) {
        ends.put(member, stage.clock().now() + stage.chance().between(SESSION.dividedBy(2), SESSION));
    }

    void forget(String member) {
        ends.remove(member);
    }

    /** Returns when the first session ends. */
    long due() {
        return ends.values().stream().mapToLong(Long::longValue).min().orElse(Actor.NEVER);
    }

    /** Returns the members whose sessions are over. */
    List<String> over() {
        long now = stage.clock().now();
        return ends.entrySet().stream()
                .filter(end -> end.getValue() <= now)
                .map(Map.Entry::getKey)
                .toList();
    }
}
