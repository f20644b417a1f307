package io.bywash.console.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Remembers from where wrong passwords come, and lets only so many of them be tried. Guarded by itself; remembers 1,000 addresses. */
final class Attempts {
    private static final int MOST_ADDRESSES = 1_000;
    private static final int MOST_FAILURES = 10;
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    private record Failures(int count, long began) {
        boolean isOver() {
            return System.nanoTime() - began > PERIOD.toNanos();
        }
    }

    /** Refuses an address from which too many wrong passwords came. */
    synchronized void require(String remote) {
        Failures found = failures.get(remote);
        if (found != null && !found.isOver() && found.count >= MOST_FAILURES) {
            throw new Refusal(
                    Refusal.TOO_MANY,
                    "too many wrong passwords",
                    MOST_FAILURES + " came from " + remote
                            + " within a minute; wait that long, then log in with the right one");
        }
    }

    synchronized void failed(String remote) {
        failures.merge(
                remote,
                new Failures(1, System.nanoTime()),
                (found, fresh) -> found.isOver() ? fresh : new Failures(found.count + 1, found.began));
    }
}
