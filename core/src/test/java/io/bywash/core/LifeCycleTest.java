package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Gate;
import io.bywash.core.fixture.Load;
import io.bywash.core.fixture.Meddler;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A consumer starts once, stops in good order and in time, and tells handlers what happens in between. */
class LifeCycleTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();

    @ParameterizedTest
    @EnumSource
    void drainsAndCommitsWhenItCloses(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 4, protocol);
        EventLog events = new EventLog();
        RecordingHandler handler = new RecordingHandler(
                "a", log, (record, context) -> Await.within(Duration.ofMillis(20), context::isRevoking));
        GroupConsumer consumer;
        try (Load load = Load.on(group, 4)) {
            consumer = members.start(group.member("a", handler).listener(events));
            log.awaitFinished(50);
            assertTrue(consumer.close(Duration.ofSeconds(30)));
            load.stop();
        }

        Map<Integer, Long> done = new HashMap<>();
        log.finished().forEach(call -> done.put(call.partition().partition(), call.offset() + 1));
        assertEquals(
                log.begun(),
                log.begun().stream().filter(log.finished()::contains).toList(),
                "begun and finished");
        for (int partition = 0; partition < 4; partition++) {
            assertEquals(done.get(partition), group.committed(partition), "partition " + partition);
        }
        assertEquals("open", handler.told().get(0));
        assertEquals(
                Set.of("revoked 0", "revoked 1", "revoked 2", "revoked 3"),
                Set.copyOf(handler.told().subList(5, 9)));
        assertEquals("close", handler.told().get(9));
        events.await(GroupEvent.StateChanged.class, changed -> changed.to() == ConsumerState.CLOSED);
        assertEquals(
                List.of(ConsumerState.STARTING, ConsumerState.RUNNING, ConsumerState.DRAINING, ConsumerState.CLOSED),
                events.of(GroupEvent.StateChanged.class).stream()
                        .map(GroupEvent.StateChanged::to)
                        .toList());
        assertEquals(Set.of(), consumer.assignment());
    }

    @Test
    void closesWithinTheDeadlineAlthoughACallHangs() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        Gate gate = new Gate();
        RecordingHandler handler = new RecordingHandler("a", log, (record, context) -> {
            if (record.partition() == 0 && record.offset() == 3) {
                gate.passDeafToInterrupts();
            }
        });
        GroupConsumer consumer = members.start(group.member("a", handler));
        group.produceTo(0, 10);
        List<String> others = group.produceTo(1, 10);
        gate.awaitWaiting(1);
        log.awaitValues(others);

        long began = System.nanoTime();
        assertTrue(consumer.close(Duration.ofSeconds(3)));
        long took = System.nanoTime() - began;
        assertTrue(took < Duration.ofSeconds(5).toNanos(), () -> "took " + took / 1_000_000 + " ms");
        assertEquals(ConsumerState.CLOSED, consumer.state());
        assertEquals(3, group.committed(0), "not past the call that hangs");
        assertEquals(10, group.committed(1));
        gate.open();
    }

    /** The group asks for partitions back while the consumer closes; the drain of that must fit in, too. */
    @ParameterizedTest
    @EnumSource
    void closesWithinTheDeadlineAlthoughARebalanceComesInBetween(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        Gate gate = new Gate();
        GroupConsumer consumer = members.start(
                group.member("a", new RecordingHandler("a", log, (record, context) -> gate.passDeafToInterrupts())));
        group.produce(10);
        gate.awaitWaiting(2);

        AtomicReference<Boolean> inTime = new AtomicReference<>();
        Thread closing = new Thread(() -> inTime.set(consumer.close(Duration.ofSeconds(3))));
        closing.start();
        Await.until("it drains", () -> consumer.state() == ConsumerState.DRAINING);
        members.start(group.member("b", new RecordingHandler("b", log)));
        Await.until("close has returned", () -> inTime.get() != null);
        assertTrue(inTime.get(), () -> "the consumer is " + consumer.state());
        gate.open();
    }

    @Test
    void closesWithinTheDeadlineAlthoughItIsInTheMiddleOfAHandOver() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        Gate gate = new Gate();
        EventLog events = new EventLog();
        GroupConsumer consumer = members.start(
                group.member("a", new RecordingHandler("a", log, (record, context) -> gate.passDeafToInterrupts()))
                        .listener(events));
        group.produce(10);
        gate.awaitWaiting(2);
        members.start(group.member("b", new RecordingHandler("b", log)));
        events.await(
                GroupEvent.RebalanceStarted.class, started -> started.current().size() == 2);

        assertTrue(consumer.close(Duration.ofSeconds(2)), () -> "the consumer is " + consumer.state());
        gate.open();
    }

    @ParameterizedTest
    @EnumSource
    void closesWhilePartitionsAreStillBeingAssigned(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 4, protocol);
        List<String> written = new ArrayList<>(group.produce(40));
        for (int i = 0; i < 5; i++) {
            GroupConsumer hasty = members.start(group.member("hasty", new RecordingHandler("hasty", log)));
            int turns = i;
            Await.until("some of the way", () -> hasty.state() != ConsumerState.STARTING || turns < 3);
            assertTrue(hasty.close(Duration.ofSeconds(30)));
            assertEquals(ConsumerState.CLOSED, hasty.state());
        }
        members.start(group.member("a", new RecordingHandler("a", log)));
        log.awaitValues(written);
        log.assertEachOnceInOrder(written);
    }

    @Test
    void startsOnlyOnce() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        Meddler meddler = new Meddler();
        meddler.freeze();
        RecordingHandler handler = new RecordingHandler("a", log);
        GroupConsumer consumer = members.start(group.member("a", handler).environment(meddler.environment()));
        assertEquals(ConsumerState.STARTING, consumer.state());
        assertThrows(IllegalStateException.class, consumer::start);
        meddler.thaw();
        Await.until("ready", consumer::isReady);
        assertThrows(IllegalStateException.class, consumer::start);
        consumer.close();
        IllegalStateException refusal = assertThrows(IllegalStateException.class, consumer::start);
        assertTrue(refusal.getMessage().contains("CLOSED"), refusal::getMessage);
        assertEquals(1, handler.told().stream().filter("open"::equals).count());
    }

    @Test
    void closesWithoutHavingStarted() {
        GroupConsumer consumer = TestGroup.on(KAFKA.cluster(), 1)
                .member("a", new RecordingHandler("a", log))
                .build();
        assertTrue(consumer.close(Duration.ofSeconds(1)));
        assertEquals(ConsumerState.CLOSED, consumer.state());
        assertThrows(IllegalStateException.class, consumer::start);
    }

    @Test
    void doesNotStartIfAHandlerDoesNotOpen() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        Lives lives = new Lives();
        MetricRegistry metrics = new MetricRegistry();
        GroupConsumer consumer = GroupConsumer.builder()
                .group(group.name())
                .topics(group.topic(), "other")
                .kafka(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers()))
                .metrics(metrics)
                .handler("other", HandlerBinding.of(new Opening(lives, "good")))
                .handler(group.topic(), HandlerBinding.of(new Opening(lives, "bad")))
                .build();
        ConsumerFailedException failure = assertThrows(ConsumerFailedException.class, consumer::start);
        assertEquals(Kind.HANDLER, failure.kind());
        assertTrue(failure.getMessage().contains("handler opening does not open"), failure::getMessage);
        assertTrue(failure.getMessage().contains("no database"), failure::getMessage);
        assertEquals(ConsumerState.FAILED, consumer.state());
        assertEquals(failure, consumer.failure().orElseThrow());
        assertEquals(List.of("good opens", "bad opens", "good closes"), lives.told);
        assertEquals(Set.of(), metrics.getNames());
    }

    @Test
    void closesTheOtherHandlersAlthoughOneDoesNotCloseWell() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        Lives lives = new Lives();
        GroupConsumer consumer = GroupConsumer.builder()
                .group(group.name())
                .topics(group.topic(), "other")
                .kafka(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers()))
                .handler("other", HandlerBinding.of(new Opening(lives, "good")))
                .handler(group.topic(), HandlerBinding.of(new Opening(lives, "broken at the end")))
                .build();
        members.start(consumer);
        Await.until("ready", consumer::isReady);
        assertTrue(consumer.close(Duration.ofSeconds(20)), () -> "it is " + consumer.state());
        assertEquals(
                List.of("good opens", "broken at the end opens", "broken at the end closes", "good closes"),
                lives.told);
    }

    @Test
    void closesWithinTheDeadlineAlthoughAHandlerDoesNotClose() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        Gate gate = new Gate();
        GroupConsumer consumer = GroupConsumer.builder()
                .group(group.name())
                .topics(group.topic())
                .kafka(Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers()))
                .handler(HandlerBinding.of(new Staying(gate)))
                .build();
        members.start(consumer);
        Await.until("ready", consumer::isReady);
        try {
            assertTrue(consumer.close(Duration.ofSeconds(5)), () -> "it is " + consumer.state());
            assertEquals(ConsumerState.CLOSED, consumer.state());
        } finally {
            gate.open();
        }
    }

    @Test
    void timesWithoutEndAreTimesToo() throws InterruptedException {
        GroupConsumer consumer = TestGroup.on(KAFKA.cluster(), 1)
                .member("a", new RecordingHandler("a", log))
                .start();
        Duration forever = ChronoUnit.FOREVER.getDuration();
        assertTrue(consumer.close(forever));
        assertTrue(consumer.awaitEnd(forever));
    }

    @Test
    void removesItsMetricsWhenItCloses() {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2);
        MetricRegistry metrics = new MetricRegistry();
        metrics.counter("somebody-else");
        GroupConsumer consumer =
                members.start(group.member("a", new RecordingHandler("a", log)).metrics(metrics));
        Await.until("ready", consumer::isReady);
        assertTrue(metrics.getNames().size() > 1);
        consumer.close();
        assertEquals(Set.of("somebody-else"), metrics.getNames());
        assertFalse(consumer.isReady());
    }

    /** Does not close before the gate is open. */
    private record Staying(Gate gate) implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {}

        @Override
        public void close() {
            gate.passDeafToInterrupts();
        }
    }

    private static final class Lives {
        private final List<String> told = new CopyOnWriteArrayList<>();
    }

    private static final class Opening implements TopicHandler<String, String> {
        private final Lives lives;
        private final String name;

        Opening(Lives lives, String name) {
            this.lives = lives;
            this.name = name;
        }

        @Override
        public void open() {
            lives.told.add(name + " opens");
            if (name.equals("bad")) {
                throw new IllegalStateException("no database");
            }
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {}

        @Override
        public void close() {
            lives.told.add(name + " closes");
            if (name.startsWith("broken")) {
                throw new LinkageError("the jar has changed");
            }
        }
    }
}
