package io.bywash.core.poll;

import static io.bywash.core.poll.RecreatedTopic.FIRST;
import static io.bywash.core.poll.RecreatedTopic.PARTITION;
import static io.bywash.core.poll.RecreatedTopic.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent.PositionJumped;
import io.bywash.core.session.PartitionSession;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** A client that was given leader epochs of a topic which is no more reads nothing of the one that has its name, so another takes over. */
class OutdatedClientTest {
    private final RecreatedTopic topic = new RecreatedTopic();
    private final LoopBench bench = topic.bench;

    /** Has leaders changed before the topic was deleted, and the group heard of it. */
    private void hasHadLaterLeaders() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, Optional.of(5), "bywash/1 t=" + FIRST)));
    }

    @Test
    void aClientThatWasGivenALaterLeaderEpochOfTheFormerTopicIsReplaced() {
        hasHadLaterLeaders();
        topic.begin();
        topic.look(SECOND);
        assertTrue(topic.isReplaced());
    }

    @Test
    void itStaysWhereNobodyButTheFirstHasLed() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, Optional.of(0), "bywash/1 t=" + FIRST)));
        topic.begin();
        topic.look(SECOND);
        assertEquals(0, topic.session().origin().offset());
        assertFalse(topic.isReplaced());
    }

    /** Takes the partition away, has another member begin with the second topic, and gives it back. */
    private void someoneElseBeginsWithTheSecondTopic() {
        bench.assign(0);
        bench.step();
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(3, Optional.of(0), "bywash/1 t=" + SECOND)));
        topic.begin();
        assertEquals(3, topic.session().origin().offset());
        topic.look(SECOND);
        assertEquals(List.of(), bench.heard(PositionJumped.class));
    }

    @Test
    void itIsReplacedAlsoWhereAnotherMemberHasBegunWithTheSecondTopic() {
        hasHadLaterLeaders();
        topic.begin();
        someoneElseBeginsWithTheSecondTopic();
        assertTrue(topic.isReplaced(), "the client was told what was committed");
    }

    @Test
    void itIsReplacedAlsoForWhatItHasCommittedItself() {
        PartitionSession before = topic.begin();
        before.ledger()
                .delivered(
                        List.of(new ConsumerRecord<>(
                                "orders",
                                0,
                                40,
                                0,
                                TimestampType.CREATE_TIME,
                                0,
                                0,
                                new byte[0],
                                new byte[0],
                                new RecordHeaders(),
                                Optional.of(5))),
                        41,
                        Optional.of(5));
        before.ledger().completeThrough(40, Optional.empty());
        someoneElseBeginsWithTheSecondTopic();
        assertTrue(topic.isReplaced(), "the client was given the leader epoch of the record");
    }

    /** Whoever left without its commits would have all of it repeated, and begin anew with the topic once more. */
    @Test
    void itIsReplacedOnceTheGroupTakesCommits() {
        hasHadLaterLeaders();
        topic.begin();
        bench.client.pollsUntilJoined = 40;
        topic.look(SECOND);
        assertFalse(topic.isReplaced(), "in the middle of a rebalance");
        assertEquals(0, topic.session().origin().offset());
        while (bench.client.pollsUntilJoined > 0) {
            assertFalse(bench.client.closed(), "it is still needed");
            bench.step();
        }
        bench.step();
        assertTrue(bench.client.closed(), "it has committed");
        assertEquals(Map.of(PARTITION, 0L), bench.client.committed);
    }
}
