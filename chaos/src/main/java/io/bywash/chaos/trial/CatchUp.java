package io.bywash.chaos.trial;

import io.bywash.chaos.process.Patience;
import io.bywash.chaos.worker.Line;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until all that a topic held at some time is committed. It goes on growing meanwhile, so that a group which only ever keeps up
 * with what comes is through as well.
 *
 * @param ends where each partition ended
 */
record CatchUp(Map<TopicPartition, Long> ends) {
    /** How long it may take from the last fault on. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Longer, so that the run comes to its end and is judged in all other respects. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * Waits.
     *
     * @param since when the last fault was over, in microseconds since 1970
     * @param committed tells what is committed
     * @param what adds to the message if it never comes
     * @return what is wrong, if it took too long
     * @throws IllegalStateException if it takes much longer
     */
    List<String> await(long since, Callable<Map<TopicPartition, OffsetAndMetadata>> committed, Supplier<String> what) {
        Patience.await(
                PATIENCE,
                () -> isReached(committed.call()),
                () -> "that everything is committed up to " + ends + what.get());
        Duration took = Duration.ofNanos((Line.now() - since) * 1_000);
        return took.compareTo(LIMIT) <= 0
                ? List.of()
                : List.of("what was there was committed only " + took.toSeconds() + " s after the last fault");
    }

    private boolean isReached(Map<TopicPartition, OffsetAndMetadata> committed) {
        return ends.entrySet().stream()
                .allMatch(end -> end.getValue() == 0
                        || committed.containsKey(end.getKey())
                                && committed.get(end.getKey()).offset() >= end.getValue());
    }
}
