package io.bywash.core.commit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.metrics.ConsumerMetrics;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.FailedRecord.Standing;
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
import org.apache.kafka.common.errors.OffsetMetadataTooLarge;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        session.ledger().advanced(20, Optional.empty());
        committer.request(answers::add);
        TimeoutException thrown = assertThrows(TimeoutException.class, () -> committer.turn(client, List.of(session)));
        assertEquals(List.of(Optional.of(thrown)), answers, "whoever waits for the commit is told");

        client.failure = Optional.empty();
        now += Duration.ofSeconds(1).toNanos();
        committer.turn(client, List.of(session));
        assertEquals(20, client.committed(Set.of(PARTITION)).get(PARTITION).offset());
        assertEquals(20, session.commits().committed());
        assertFalse(session.commits().isDue(session.ledger().frontier(), List.of(), Optional.empty()));
        assertTrue(events.isEmpty(), events::toString);
    }

    /** Commits at once, and does not say so until it is told to. */
    private static final class Slow extends MockConsumer<byte[], byte[]> {
        private Runnable answer = () -> {};

        Slow() {
            super("none");
            assign(List.of(PARTITION));
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            super.commitAsync(offsets, null);
            answer = () -> callback.onComplete(offsets, null);
        }
    }

    @Test
    void theBrokerIsNotTakenToHoldWhatItLastAcknowledgedWhileACommitIsUnderWay() {
        Slow client = new Slow();
        PartitionSession session = session(20);
        commit(client, session, 3);
        client.answer.run();
        commit(client, session, 4);
        assertTrue(text(client).contains("f=20@1:4"), text(client));
        // An operator has the count begin anew, and it comes to stand where it stood before.
        session.failed().put(new FailedRecord(20, 1, 3, Standing.PENDING));
        committer.finish(client, List.of(session), Duration.ofSeconds(1), failed -> failed);
        assertTrue(text(client).contains("f=20@1:3"), text(client));
    }

    private void commit(Slow client, PartitionSession session, int attempts) {
        session.failed().put(new FailedRecord(20, 1, attempts, Standing.PENDING));
        committer.hurry();
        committer.turn(client, List.of(session));
    }

    private static String text(MockConsumer<byte[], byte[]> client) {
        return client.committed(Set.of(PARTITION)).get(PARTITION).metadata();
    }

    /** Takes no more than so many characters of text. */
    private static final class Narrow extends MockConsumer<byte[], byte[]> {
        private final int most;
        private int refusals;

        Narrow(int most) {
            super("none");
            this.most = most;
            assign(List.of(PARTITION));
        }

        private boolean refuses(Map<TopicPartition, OffsetAndMetadata> offsets) {
            boolean tooMuch = offsets.values().stream()
                    .anyMatch(offset -> offset.metadata().length() > most);
            refusals += tooMuch ? 1 : 0;
            return tooMuch;
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            if (refuses(offsets)) {
                callback.onComplete(offsets, new OffsetMetadataTooLarge("too much"));
            } else {
                super.commitAsync(offsets, callback);
            }
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            if (refuses(offsets)) {
                throw new OffsetMetadataTooLarge("too much");
            }
            super.commitSync(offsets, timeout);
        }

        OffsetAndMetadata committed() {
            return committed(Set.of(PARTITION)).get(PARTITION);
        }
    }

    private static PartitionSession session(long position) {
        PartitionSession session = new PartitionSession(PARTITION, 1, Origin.fresh(10, Instant.now()), 1_000);
        session.takenBy(new IdleTaker());
        session.ledger().advanced(position, Optional.empty());
        return session;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 23})
    void aBrokerThatTakesNoTextStillGetsTheOffsets(int most) {
        Narrow client = new Narrow(most);
        PartitionSession session = session(20);
        session.ledger().report(DoneRanges.of(new long[] {30, 40}, 1));
        committer.hurry();
        for (int turns = 0; turns < 20; turns++) {
            committer.turn(client, List.of(session));
        }
        assertEquals(new OffsetAndMetadata(20, Optional.empty(), ""), client.committed());
        int refusals = client.refusals;
        session.ledger().advanced(50, Optional.empty());
        committer.finish(client, List.of(session), Duration.ofSeconds(1), failed -> failed);
        assertEquals(new OffsetAndMetadata(50, Optional.empty(), ""), client.committed());
        assertEquals(refusals, client.refusals, "what was refused is not tried again");
    }

    @Test
    void aBrokerThatTakesNoTextAtTheEndStillGetsTheOffsets() {
        Narrow client = new Narrow(0);
        committer.finish(client, List.of(session(20)), Duration.ofSeconds(1), failed -> failed);
        assertEquals(new OffsetAndMetadata(20, Optional.empty(), ""), client.committed());
        assertEquals(1, client.refusals, "there is nothing between all and none");
    }

    @Test
    void theTextOfTheApplicationIsNeverLeftOut() {
        Narrow client = new Narrow(20);
        PartitionSession session = session(20);
        session.ledger().completeThrough(24, Optional.of("page 7"));
        committer.finish(client, List.of(session), Duration.ofSeconds(1), failed -> failed);
        assertEquals(new OffsetAndMetadata(25, Optional.empty(), "bywash/1 u=page 7"), client.committed());
    }

    /** Takes no commit, as long as its group shares the partitions anew. */
    private static final class Rejoining extends MockConsumer<byte[], byte[]> {
        Rejoining() {
            super("none");
        }

        @Override
        public synchronized void commitAsync(
                Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
            callback.onComplete(offsets, new RebalanceInProgressException("poll, then try again"));
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
            throw new RebalanceInProgressException("poll, then try again");
        }
    }

    /** Every rebalance makes some commits fail, and there is nothing for an operator to do about it. */
    @Test
    void thatARebalanceRefusesCommitsIsTroubleOnlyIfItLasts() {
        MockConsumer<byte[], byte[]> client = new Rejoining();
        PartitionSession session = session(20);
        for (int second = 0; second < 5; second++) {
            now += Duration.ofSeconds(1).toNanos();
            committer.turn(client, List.of(session));
            assertEquals(Optional.empty(), committer.trouble());
        }
        now += Duration.ofSeconds(1).toNanos();
        assertTrue(committer.trouble().isPresent());
    }

    /** What it ends without may be handled again elsewhere, and whoever looks for the reason should find it. */
    @Test
    void aLastCommitThatARebalanceRefusesIsAnEventOnce() {
        MockConsumer<byte[], byte[]> client = new Rejoining();
        PartitionSession session = session(20);
        now += Duration.ofSeconds(1).toNanos();
        committer.turn(client, List.of(session));
        assertEquals(1, events.size());
        for (int tries = 0; tries < 3; tries++) {
            assertFalse(committer.finish(client, List.of(session), Duration.ofSeconds(1), failed -> failed));
        }
        assertEquals(2, events.size(), events::toString);
        assertFalse(committer.finish(client, List.of(session(30)), Duration.ofSeconds(1), failed -> failed));
        assertEquals(3, events.size(), "the next ones that end are others");
    }

    @Test
    void aNewClientHasBeenRefusedNothing() {
        MockConsumer<byte[], byte[]> client = new Rejoining();
        PartitionSession session = session(20);
        committer.finish(client, List.of(session), Duration.ofSeconds(1), failed -> failed);
        now += Duration.ofSeconds(10).toNanos();
        assertTrue(committer.trouble().isPresent());
        committer.clientReplaced();
        assertEquals(Optional.empty(), committer.trouble());
        committer.finish(client, List.of(session), Duration.ofSeconds(1), failed -> failed);
        assertEquals(2, events.size(), "what the new one is refused is told, whatever the old one was");
    }
}
