package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
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
        return bench.client.committed(Set.of(PARTITION)).get(PARTITION).metadata();
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
        found(before.epoch(), Map.of());
        bench.step();
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
}
