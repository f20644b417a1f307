package io.bywash.core.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.Origin;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.settings.MetadataLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class CommitterTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final List<GroupEvent> events = new ArrayList<>();
    private final List<Optional<Exception>> answers = new ArrayList<>();
    private long now;
    private final Committer committer = new Committer(
            Duration.ofSeconds(1),
            MetadataLimits.DEFAULT,
            () -> now,
            new ConsumerMetrics(new MetricRegistry(), "billing"),
            events::add);

    /** Fails the first commit before it is sent, without a call of its callback, as the client of the new protocol may. */
    private static final class Failing extends MockConsumer<byte[], byte[]> {
        private Optional<TimeoutException> failure = Optional.of(new TimeoutException("the network thread is busy"));

        Failing() {
            super("none");
            assign(List.of(PARTITION));
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            super.commitAsync(offsets, callback);
        }
    }

    @Test
    void aCommitThatTheClientDidNotTakeStopsNoLaterOne() {
        Failing client = new Failing();
        PartitionSession session = new PartitionSession(PARTITION, 1, Origin.fresh(10, Instant.EPOCH), 1_000);
        session.takenBy(new IdleTaker());
        session.ledger().advanced(20);
        committer.request(answers::add);
        TimeoutException thrown = assertThrows(TimeoutException.class, () -> committer.turn(client, List.of(session)));
        assertEquals(List.of(Optional.of(thrown)), answers, "whoever waits for the commit is told");

        client.failure = Optional.empty();
        now += Duration.ofSeconds(1).toNanos();
        committer.turn(client, List.of(session));
        assertEquals(20, client.committed(Set.of(PARTITION)).get(PARTITION).offset());
        assertEquals(20, session.commits().committed());
        assertFalse(session.commits().isDue(session.ledger().frontier(), List.of()));
        assertTrue(events.isEmpty(), events::toString);
    }
}
