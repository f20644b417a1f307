package io.bywash.core.poll;

import static io.bywash.core.poll.RecreatedTopic.CLUSTER;
import static io.bywash.core.poll.RecreatedTopic.FIRST;
import static io.bywash.core.poll.RecreatedTopic.PARTITION;
import static io.bywash.core.poll.RecreatedTopic.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.GroupEvent.JumpReason;
import io.bywash.core.event.GroupEvent.PositionJumped;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.PartitionSession;
import io.bywash.core.session.TopicId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.ClusterResource;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** Offsets are of a topic, and not of whichever has its name. */
class RecreatedTopicTest {
    private final RecreatedTopic topic = new RecreatedTopic();
    private final LoopBench bench = topic.bench;

    @Test
    void anOffsetOfAnotherTopicOfThatNameDoesNotCount() {
        PartitionSession before = topic.begin();
        assertEquals(40, before.origin().offset());
        topic.look(SECOND);
        assertNotSame(before, topic.session());
        assertEquals(0, topic.session().origin().offset());
        assertEquals(
                List.of(new PositionJumped(PARTITION, 40, 0, JumpReason.RECREATED)), bench.heard(PositionJumped.class));
        assertEquals(0, bench.client.position(PARTITION));
        assertTrue(topic.committedText().contains(" t=" + SECOND), topic::committedText);
    }

    @Test
    void itBeginsAnewOnce() {
        topic.begin();
        topic.look(SECOND);
        PartitionSession anew = topic.session();
        topic.look(SECOND);
        assertSame(anew, topic.session());
    }

    /** No topic comes back, but a broker that has been cut off for long may tell of one for as long. */
    @Test
    void itNeverGoesBackToATopicThatItHasLeft() {
        topic.begin();
        topic.look(SECOND);
        PartitionSession anew = topic.session();
        topic.look(FIRST);
        topic.look(FIRST);
        assertSame(anew, topic.session());
        assertEquals(Optional.of(SECOND), anew.topicId());
    }

    @Test
    void theSameTopicGoesOn() {
        PartitionSession before = topic.begin();
        topic.look(FIRST);
        assertSame(before, topic.session());
    }

    /** Another member may have begun with the new topic and committed, when this one last heard of the old one. */
    @Test
    void anAnswerFromBeforeTheOffsetWasReadDoesNotCount() {
        topic.begin();
        PartitionSession before = topic.session();
        topic.answer(before.epoch() - 1, SECOND);
        bench.pass(TopicChanges.SURE);
        topic.answer(before.epoch(), SECOND);
        assertSame(before, topic.session());
        assertEquals(Optional.of(FIRST), before.topicId());
    }

    @Test
    void anOffsetWithoutATopicIsOfTheOneThatIsThere() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, "")));
        PartitionSession before = topic.begin();
        assertEquals(Optional.empty(), before.topicId());
        topic.look(FIRST);
        assertSame(before, topic.session());
        assertEquals("bywash/1 t=" + FIRST, topic.committedText());
        topic.look(SECOND);
        assertEquals(0, topic.session().origin().offset());
    }

    @Test
    void aTopicThatIsGoneIsNotAnother() {
        PartitionSession before = topic.begin();
        topic.look(FIRST);
        for (int answers = 0; answers < 2; answers++) {
            topic.found(before.epoch(), Map.of());
            bench.step();
            bench.pass(TopicChanges.SURE);
        }
        assertSame(before, topic.session());
    }

    /** It may be of a broker that has not heard of the new topic yet. */
    @Test
    void anAnswerIsBelievedWhenItIsStillSaidAfterAWhile() {
        PartitionSession before = topic.begin();
        topic.answer(before.epoch(), SECOND);
        bench.pass(TopicChanges.SURE.dividedBy(2));
        topic.answer(before.epoch(), FIRST);
        topic.answer(before.epoch(), SECOND);
        bench.pass(TopicChanges.SURE.dividedBy(2));
        topic.answer(before.epoch(), SECOND);
        assertSame(before, topic.session());
        bench.pass(TopicChanges.SURE.dividedBy(2));
        topic.answer(before.epoch(), SECOND);
        assertNotSame(before, topic.session());
    }

    /** Whoever took the first for true would have to begin anew when brokers agree. */
    @Test
    void aTopicThatIsNotKnownIsNotTakenFromOneAnswer() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, "")));
        PartitionSession before = topic.begin();
        topic.answer(before.epoch(), FIRST);
        topic.look(SECOND);
        assertEquals(Optional.of(SECOND), before.topicId());
        topic.look(SECOND);
        assertSame(before, topic.session());
    }

    /** Another member may have begun with the new topic by the time that this one gets the partition. */
    @Test
    void whatIsSaidOfAnEarlierSessionIsNotCountedForALaterOne() {
        PartitionSession before = topic.begin();
        topic.answer(before.epoch(), SECOND);
        bench.pass(TopicChanges.SURE);
        bench.loop.control().reset(new RecordPosition(PARTITION, 3));
        bench.step();
        topic.session().ofTopic(FIRST);
        topic.answer(topic.session().epoch(), SECOND);
        assertEquals(3, topic.session().origin().offset());
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
        PartitionSession before = topic.begin();
        assertEquals(40, before.origin().offset());
        assertEquals(Optional.empty(), before.origin().leaderEpoch());
        assertEquals(List.of(), before.origin().failed());
        assertTrue(before.origin().done().isEmpty());
        assertEquals(Optional.of("mine"), before.origin().text());
        topic.look(FIRST);
        assertSame(before, topic.session());
        assertEquals("bywash/1 s=7 t=" + FIRST + " u=mine", topic.committedText());
        assertTrue(topic.isReplaced(), "the client was told a leader epoch of the other cluster");
    }

    @Test
    void soItIsWhereThisClusterAnswersLater() {
        bench.client.commitSync(Map.of(PARTITION, new OffsetAndMetadata(40, "bywash/1 t=" + new TopicId(6, 3))));
        PartitionSession before = topic.begin();
        topic.look(FIRST);
        assertSame(before, topic.session());
        assertEquals("bywash/1 t=" + FIRST, topic.committedText());
    }

    /** Whoever says where to go on knows of which topic. */
    @Test
    void aResetIsForTheTopicThatIsThere() {
        topic.begin();
        bench.loop.control().reset(new RecordPosition(PARTITION, 3));
        bench.step();
        topic.look(SECOND);
        assertEquals(3, topic.session().origin().offset());
        assertEquals(Optional.of(SECOND), topic.session().topicId());
    }

    /** It is beyond the end of the new topic, which looks as if the log had been cut. */
    @Test
    void aPartitionThatHaltedForItGoesOn() {
        topic.begin();
        bench.client.updateEndOffsets(Map.of(PARTITION, 3L));
        bench.client.setPollException(
                new org.apache.kafka.clients.consumer.OffsetOutOfRangeException(Map.of(PARTITION, 40L)));
        bench.step();
        bench.step();
        assertTrue(bench.client.paused().contains(PARTITION));
        topic.look(SECOND);
        bench.step();
        assertEquals(Set.of(), bench.client.paused());
        assertEquals(0, bench.client.position(PARTITION));
    }

    @Test
    void aPositionThatCannotBeSetLeavesThePartitionAsItIsAndIsSetLater() {
        PartitionSession before = topic.begin();
        topic.answer(before.epoch(), SECOND);
        bench.pass(TopicChanges.SURE);
        topic.found(before.epoch(), Map.of("orders", SECOND));
        bench.client.seeksUntilFailure = 0;
        bench.step();
        assertSame(before, topic.session());
        assertTrue(before.state().counts());
        while (topic.session() == before) {
            bench.step();
        }
        assertEquals(0, topic.session().origin().offset());
        assertEquals(1, bench.heard(PositionJumped.class).size());
    }
}
