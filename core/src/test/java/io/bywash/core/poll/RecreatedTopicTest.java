package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.event.GroupEvent.PositionJumped;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.fixture.IdleTaker;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import io.bywash.core.settings.FailurePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offsets are of a topic, and not of whichever has its name. */
class RecreatedTopicTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final String CLUSTER = "cluster";
    private static final TopicId FIRST = TopicId.of(CLUSTER, Uuid.randomUuid());
    private static final TopicId SECOND = TopicId.of(CLUSTER, Uuid.randomUuid());

    private final List<PartitionSession> opened = new ArrayList<>();
    private final LoopBench bench = new LoopBench(FailurePolicy.DEFAULT, Map.of(), (session, formerQuiet) -> {
        opened.add(session);
        return new IdleTaker();
    });

    @BeforeEach
    void hasAPast() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, "bywash/1 t=" + FIRST)));
    }

    private PartitionSession begin() {
        bench.assign(1);
        bench.step();
        return session();
    }

    private PartitionSession session() {
        return opened.get(opened.size() - 1);
    }

    /** Has the brokers asked twice, and the loop look at their answers. */
    private void look(TopicId id) {
        TopicIds ids = bench.context.topicIds();
        answer(ids.lastEpoch(), id);
        bench.pass(TopicChanges.SURE);
        answer(ids.lastEpoch(), id);
    }

    private void answer(long upTo, TopicId id) {
        found(upTo, Map.of("orders", id));
        bench.step();
        bench.pass(Duration.ofSeconds(2));
        bench.step();
        bench.step();
    }

    private void found(long upTo, Map<String, TopicId> ids) {
        bench.context.topicIds().found(new TopicIds.Look(bench.context.now(), bench.context.now(), upTo, ids));
    }

    private String committedText() {
        return String.valueOf(bench.client.texts.get(PARTITION));
    }

    @Test
    void anOffsetOfAnotherTopicOfThatNameDoesNotCount() {
        PartitionSession before = begin();
        assertEquals(40, before.origin().offset());
        look(SECOND);
        assertNotSame(before, session());
        assertEquals(0, session().origin().offset());
        assertEquals(
                List.of(new PositionJumped(PARTITION, 40, 0, JumpReason.RECREATED)), bench.heard(PositionJumped.class));
        assertEquals(0, bench.client.position(PARTITION));
        assertTrue(committedText().contains(" t=" + SECOND), this::committedText);
    }

    @Test
    void itBeginsAnewOnce() {
        begin();
        look(SECOND);
        PartitionSession anew = session();
        look(SECOND);
        assertSame(anew, session());
    }

    /** No topic comes back, but a broker that has been cut off for long may tell of one for as long. */
    @Test
    void itNeverGoesBackToATopicThatItHasLeft() {
        begin();
        look(SECOND);
        PartitionSession anew = session();
        look(FIRST);
        look(FIRST);
        assertSame(anew, session());
        assertEquals(Optional.of(SECOND), anew.topicId());
    }

    @Test
    void theSameTopicGoesOn() {
        PartitionSession before = begin();
        look(FIRST);
        assertSame(before, session());
    }

    /** Another member may have begun with the new topic and committed, when this one last heard of the old one. */
    @Test
    void anAnswerFromBeforeTheOffsetWasReadDoesNotCount() {
        begin();
        PartitionSession before = session();
        answer(before.epoch() - 1, SECOND);
        bench.pass(TopicChanges.SURE);
        answer(before.epoch(), SECOND);
        assertSame(before, session());
        assertEquals(Optional.of(FIRST), before.topicId());
    }

    @Test
    void anOffsetWithoutATopicIsOfTheOneThatIsThere() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, "")));
        PartitionSession before = begin();
        assertEquals(Optional.empty(), before.topicId());
        look(FIRST);
        assertSame(before, session());
        assertEquals("bywash/1 t=" + FIRST, committedText());
        look(SECOND);
        assertEquals(0, session().origin().offset());
    }

    @Test
    void aTopicThatIsGoneIsNotAnother() {
        PartitionSession before = begin();
        look(FIRST);
        for (int answers = 0; answers < 2; answers++) {
            found(before.epoch(), Map.of());
            bench.step();
            bench.pass(TopicChanges.SURE);
        }
        assertSame(before, session());
    }

    /** It may be of a broker that has not heard of the new topic yet. */
    @Test
    void anAnswerIsBelievedWhenItIsStillSaidAfterAWhile() {
        PartitionSession before = begin();
        answer(before.epoch(), SECOND);
        bench.pass(TopicChanges.SURE.dividedBy(2));
        answer(before.epoch(), FIRST);
        answer(before.epoch(), SECOND);
        bench.pass(TopicChanges.SURE.dividedBy(2));
        answer(before.epoch(), SECOND);
        assertSame(before, session());
        bench.pass(TopicChanges.SURE.dividedBy(2));
        answer(before.epoch(), SECOND);
        assertNotSame(before, session());
    }

    /** Whoever took the first for true would have to begin anew when brokers agree. */
    @Test
    void aTopicThatIsNotKnownIsNotTakenFromOneAnswer() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, "")));
        PartitionSession before = begin();
        answer(before.epoch(), FIRST);
        look(SECOND);
        assertEquals(Optional.of(SECOND), before.topicId());
        look(SECOND);
        assertSame(before, session());
    }

    /** Another member may have begun with the new topic by the time that this one gets the partition. */
    @Test
    void whatIsSaidOfAnEarlierSessionIsNotCountedForALaterOne() {
        PartitionSession before = begin();
        answer(before.epoch(), SECOND);
        bench.pass(TopicChanges.SURE);
        bench.loop.control().reset(new RecordPosition(PARTITION, 3));
        bench.step();
        session().ofTopic(FIRST);
        answer(session().epoch(), SECOND);
        assertEquals(3, session().origin().offset());
    }

    /** MirrorMaker puts offsets of this cluster in the place of the others, and leaves the text as it was. */
    @Test
    void ofWhatWasCommittedOnAnotherClusterTheOffsetCountsAlone() {
        TopicId elsewhere = TopicId.of("another", Uuid.randomUuid());
        bench.client.commitSync(Map.of(
                PARTITION,
                new OffsetAndMetadata(
                        40, Optional.of(7), "bywash/1 s=7 t=" + elsewhere + " f=41:2 d=6oyOAwEAA4MD u=mine")));
        bench.context.topicIds().onUpdate(new ClusterResource(CLUSTER));
        PartitionSession before = begin();
        assertEquals(40, before.origin().offset());
        assertEquals(Optional.empty(), before.origin().leaderEpoch());
        assertEquals(List.of(), before.origin().failed());
        assertTrue(before.origin().done().isEmpty());
        assertEquals(Optional.of("mine"), before.origin().text());
        look(FIRST);
        assertSame(before, session());
        assertEquals("bywash/1 s=7 t=" + FIRST + " u=mine", committedText());
        assertTrue(isReplaced(), "the client was told a leader epoch of the other cluster");
    }

    @Test
    void soItIsWhereThisClusterAnswersLater() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, "bywash/1 t=" + new TopicId(6, 3))));
        PartitionSession before = begin();
        look(FIRST);
        assertSame(before, session());
        assertEquals("bywash/1 t=" + FIRST, committedText());
    }

    /** Whoever says where to go on knows of which topic. */
    @Test
    void aResetIsForTheTopicThatIsThere() {
        begin();
        bench.loop.control().reset(new RecordPosition(PARTITION, 3));
        bench.step();
        look(SECOND);
        assertEquals(3, session().origin().offset());
        assertEquals(Optional.of(SECOND), session().topicId());
    }

    /** It is beyond the end of the new topic, which looks as if the log had been cut. */
    @Test
    void aPartitionThatHaltedForItGoesOn() {
        begin();
        bench.client.updateEndOffsets(Map.of(PARTITION, 3L));
        bench.client.setPollException(
                new org.apache.kafka.clients.consumer.OffsetOutOfRangeException(Map.of(PARTITION, 40L)));
        bench.step();
        bench.step();
        assertTrue(bench.client.paused().contains(PARTITION));
        look(SECOND);
        bench.step();
        assertEquals(Set.of(), bench.client.paused());
        assertEquals(0, bench.client.position(PARTITION));
    }

    private boolean isReplaced() {
        return !bench.successor.subscription().isEmpty();
    }

    /** Has leaders changed before the topic was deleted, and the group heard of it. */
    private void hasHadLaterLeaders() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, Optional.of(5), "bywash/1 t=" + FIRST)));
    }

    @Test
    void aClientThatWasGivenALaterLeaderEpochOfTheFormerTopicIsReplaced() {
        hasHadLaterLeaders();
        begin();
        look(SECOND);
        assertTrue(isReplaced());
    }

    @Test
    void itStaysWhereNobodyButTheFirstHasLed() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, Optional.of(0), "bywash/1 t=" + FIRST)));
        begin();
        look(SECOND);
        assertEquals(0, session().origin().offset());
        assertFalse(isReplaced());
    }

    /** Takes the partition away, has another member begin with the second topic, and gives it back. */
    private void someoneElseBeginsWithTheSecondTopic() {
        bench.assign(0);
        bench.step();
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(3, Optional.of(0), "bywash/1 t=" + SECOND)));
        begin();
        assertEquals(3, session().origin().offset());
        look(SECOND);
        assertEquals(List.of(), bench.heard(PositionJumped.class));
    }

    @Test
    void itIsReplacedAlsoWhereAnotherMemberHasBegunWithTheSecondTopic() {
        hasHadLaterLeaders();
        begin();
        someoneElseBeginsWithTheSecondTopic();
        assertTrue(isReplaced(), "the client was told what was committed");
    }

    @Test
    void itIsReplacedAlsoForWhatItHasCommittedItself() {
        PartitionSession before = begin();
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
        assertTrue(isReplaced(), "the client was given the leader epoch of the record");
    }

    /** Whoever left without its commits would have all of it repeated, and begin anew with the topic once more. */
    @Test
    void itIsReplacedOnceTheGroupTakesCommits() {
        hasHadLaterLeaders();
        begin();
        bench.client.pollsUntilJoined = 40;
        look(SECOND);
        assertFalse(isReplaced(), "in the middle of a rebalance");
        assertEquals(0, session().origin().offset());
        while (bench.client.pollsUntilJoined > 0) {
            assertFalse(bench.client.closed(), "it is still needed");
            bench.step();
        }
        bench.step();
        assertTrue(bench.client.closed(), "it has committed");
        assertEquals(Map.of(PARTITION, 0L), bench.client.committed);
    }

    @Test
    void aPositionThatCannotBeSetLeavesThePartitionAsItIsAndIsSetLater() {
        PartitionSession before = begin();
        answer(before.epoch(), SECOND);
        bench.pass(TopicChanges.SURE);
        found(before.epoch(), Map.of("orders", SECOND));
        bench.client.seeksUntilFailure = 0;
        bench.step();
        assertSame(before, session());
        assertTrue(before.state().counts());
        while (session() == before) {
            bench.step();
        }
        assertEquals(0, session().origin().offset());
        assertEquals(1, bench.heard(PositionJumped.class).size());
    }
}
