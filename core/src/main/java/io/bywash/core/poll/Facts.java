package io.bywash.core.poll;

import io.bywash.core.session.Obstacle;
import io.bywash.core.session.PartitionSession;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a partition at one look.
 *
 * @param session its session
 * @param obstacle what its records are held up by; older than the figures, so that these have what it holds up
 * @param offsets how far it has come
 * @param buffered how many records were delivered and are not complete
 * @param standing since when its frontier has not moved although records wait, if so
 * @param ahead since when there has been more in the log that may be fetched while nothing came, if so
 * @param calls its calls that are under way, the oldest first
 */
record Facts(
        PartitionSession session,
        Obstacle obstacle,
        Offsets offsets,
        long buffered,
        Optional<Long> standing,
        Optional<Long> ahead,
        List<Watchdog.Sighting> calls) {

    /**
     * How far it has come.
     *
     * @param frontier the first offset that is not complete
     * @param position where the client reads on
     * @param logEnd where the log ends, or -1
     */
    record Offsets(long frontier, long position, long logEnd) {}

    boolean hasRecordsWaiting() {
        return buffered > 0 || offsets.frontier() < offsets.position();
    }
}
