package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.MemberProcess;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Timing;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A member with a {@code group.instance.id} keeps its place while it restarts, and nobody else can take it. */
class StaticMembershipTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();

    @ParameterizedTest
    @EnumSource
    void keepsItsPartitionsOverARestartWithoutARebalance(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 4, protocol);
        EventLog others = new EventLog();
        GroupConsumer first = members.start(member(group, "a"));
        GroupConsumer second = members.start(member(group, "b").listener(others));
        Await.until(
                "both have a share",
                () -> first.assignment().size() == 2 && second.assignment().size() == 2);
        Set<TopicPartition> share = first.assignment();
        List<String> written = new ArrayList<>(group.produce(40));
        log.awaitValues(written);
        Await.until(
                "the other member was told of its share",
                () -> others.of(GroupEvent.RebalanceCompleted.class).stream()
                        .anyMatch(completed -> completed.current().equals(second.assignment())));
        long moves = moves(others);

        assertTrue(first.close(Duration.ofSeconds(20)));
        written.addAll(group.produce(40));
        GroupConsumer again = members.start(member(group, "a"));
        log.awaitValues(written);

        assertEquals(share, again.assignment());
        assertEquals(moves, moves(others), "rebalances that moved a partition of the other member");
        log.assertEachOnceInOrder(written);
    }

    private static long moves(EventLog events) {
        return events.of(GroupEvent.RebalanceCompleted.class).stream()
                .filter(completed ->
                        !completed.claimed().isEmpty() || !completed.released().isEmpty())
                .count();
    }

    @ParameterizedTest
    @EnumSource(names = {"EAGER", "COOPERATIVE"})
    void isFencedWhenAnotherMemberTakesItsInstanceId(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        List<String> written = group.produce(10);
        Gate gate = new Gate();
        EventLog events = new EventLog();
        RecordingHandler busy = new RecordingHandler("busy", log, (record, context) -> gate.passDeafToInterrupts());
        Timing usual = TestGroup.TIMING;
        GroupConsumer first = members.start(group.member("a", busy)
                .timing(new Timing(
                        usual.commitInterval(), Duration.ofSeconds(2), usual.stuckAfter(), usual.stallAfter()))
                .kafka(Map.of("group.instance.id", instanceId(group, "a")))
                .listener(events));
        gate.awaitWaiting(2);

        GroupConsumer second = members.start(member(group, "a"));
        Await.until("the first has stopped", () -> first.state() == ConsumerState.FAILED);
        ConsumerFailedException failure = first.failure().orElseThrow();
        assertEquals(Kind.FENCED, failure.kind(), failure::getMessage);
        assertTrue(failure.getMessage().contains("group.instance.id"), failure::getMessage);
        assertTrue(failure.getMessage().contains(instanceId(group, "a")), failure::getMessage);
        events.await(GroupEvent.ConsumerFailed.class, failed -> failed.cause() == failure);
        log.awaitValues(written);
        assertEquals(2, second.assignment().size());
        assertTrue(second.isReady(), "the one that took the place keeps it");
        gate.open();
        Await.until(() -> "told " + busy.told(), () -> busy.told().containsAll(List.of("lost 0", "lost 1")));
        log.assertRises("a");
    }

    /** Under load the answer to a commit can be the first to tell, and then it is the next commit that throws. */
    @Test
    void isFencedNoMatterWhichCallFindsItOut() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        Meddler meddler = new Meddler();
        meddler.interceptCommits((consumer, offsets, callback) -> {
            throw new FencedInstanceIdException("fenced");
        });
        GroupConsumer consumer = members.start(member(group, "a").environment(meddler.environment()));
        Await.until(() -> "stopped, but it is " + consumer.state(), () -> consumer.state() == ConsumerState.FAILED);
        assertEquals(Kind.FENCED, consumer.failure().orElseThrow().kind());
    }

    @Test
    void takesTheInstanceIdOverFromAMemberThatWasKilled() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, Protocol.CONSUMER);
        group.sessionTimeout(Duration.ofSeconds(2));
        List<String> written = new ArrayList<>(group.produce(20));
        MemberProcess killed =
                members.startProcess(group, "killed", log, Map.of("group.instance.id", instanceId(group, "a")));
        log.awaitValues(written);
        killed.kill();

        EventLog events = new EventLog();
        GroupConsumer successor = members.start(member(group, "a").listener(events));
        events.await(GroupEvent.PollFailed.class, failed -> failed.cause() instanceof UnreleasedInstanceIdException);
        assertEquals(ConsumerState.STARTING, successor.state(), "not ready while it is kept out");
        written.addAll(group.produce(20));
        log.awaitValues(written);
        Await.until("the successor is ready", successor::isReady);
    }

    @Test
    void stopsWhenALivingMemberKeepsTheInstanceId() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, Protocol.CONSUMER);
        GroupConsumer first = members.start(member(group, "a"));
        Await.until("the first is ready", first::isReady);

        Meddler meddler = new Meddler();
        EventLog events = new EventLog();
        GroupConsumer second = members.start(
                member(group, "a").environment(meddler.environment()).listener(events));
        Await.until(
                "it has tried several times",
                () -> events.of(GroupEvent.PollFailed.class).size() >= 3);
        assertEquals(ConsumerState.STARTING, second.state());
        meddler.leap(Duration.ofMinutes(2));
        Await.until(
                () -> "the second has stopped, it is " + second.state(), () -> second.state() == ConsumerState.FAILED);
        ConsumerFailedException failure = second.failure().orElseThrow();
        assertEquals(Kind.FENCED, failure.kind());
        assertTrue(failure.getMessage().contains(instanceId(group, "a")), failure::getMessage);
        assertTrue(first.isReady());
    }

    private GroupConsumerBuilder member(TestGroup group, String member) {
        return group.member(member, new RecordingHandler(member, log))
                .kafka(Map.of("group.instance.id", instanceId(group, member)));
    }

    private static String instanceId(TestGroup group, String member) {
        return group.name() + "-instance-" + member;
    }
}
