package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.EventLog;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.Protocol;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.fixture.TestGroup;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that is away holds a consumer up, and does nothing worse. */
class BrokerAbsenceTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder());

    private static final int BROKER = 1;
    private static final Map<String, Object> IMPATIENT =
            Map.of("reconnect.backoff.max.ms", 200, "request.timeout.ms", 2_000, "default.api.timeout.ms", 3_000);

    @AutoClose
    private final Members members = new Members();

    private final CallLog log = new CallLog();

    @ParameterizedTest
    @EnumSource
    void waitsForABrokerThatComesUpLater(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        List<String> written = group.produce(20);
        KAFKA.cluster().stopBroker(BROKER);
        EventLog events = new EventLog();
        GroupConsumer consumer = members.start(group.member("a", new RecordingHandler("a", log))
                .kafka(IMPATIENT)
                .listener(events));
        events.await(GroupEvent.PollFailed.class);
        assertEquals(ConsumerState.STARTING, consumer.state());
        assertFalse(consumer.isReady());

        KAFKA.cluster().startBroker(BROKER);
        log.awaitValues(written);
        Await.until("ready", consumer::isReady);
        log.assertEachOnceInOrder(written);
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingWhileTheBrokerRestarts(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        List<String> written = new ArrayList<>(group.produce(200));
        GroupConsumer consumer =
                members.start(group.member("a", new RecordingHandler("a", log)).kafka(IMPATIENT));
        log.awaitValues(written);

        KAFKA.cluster().restartBroker(BROKER);
        written.addAll(group.produce(200));
        log.awaitValues(written);
        log.assertNothingMissed(written);
        group.awaitNoLag();
        Await.until(() -> "ready, but it is " + consumer.state(), consumer::isReady);
    }

    @ParameterizedTest
    @EnumSource
    void closesInTimeAlthoughTheBrokerIsAway(Protocol protocol) {
        TestGroup group = TestGroup.on(KAFKA.cluster(), 2, protocol);
        List<String> written = group.produce(20);
        GroupConsumer consumer =
                members.start(group.member("a", new RecordingHandler("a", log)).kafka(IMPATIENT));
        log.awaitValues(written);
        GroupConsumer starting = group.member("b", new RecordingHandler("b", log))
                .kafka(IMPATIENT)
                .build();
        KAFKA.cluster().stopBroker(BROKER);
        try {
            members.start(starting);
            assertTrue(consumer.close(Duration.ofSeconds(5)), () -> "it is " + consumer.state());
            assertTrue(starting.close(Duration.ofSeconds(5)), () -> "it is " + starting.state());
        } finally {
            KAFKA.cluster().startBroker(BROKER);
        }
    }
}
