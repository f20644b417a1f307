package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.bywash.core.GroupConsumer;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.EventStream;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.event.GroupEvent.DeadLettered;
import io.bywash.core.event.GroupEvent.RebalanceCompleted;
import io.bywash.core.event.GroupEvent.RebalanceStarted;
import io.bywash.core.event.GroupEvent.StateChanged;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final Recording failing = new Recording((record, context) -> {
        throw new IllegalStateException("cannot take it");
    });
    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 1);
    }

    @AfterEach
    void closeGroup() {
        group.close();
    }

    private GroupConsumer build() {
        return group.builder()
                .handler(failing, StringDeserializer::new, StringDeserializer::new)
                .build();
    }

    private static List<GroupEvent> readToTheEnd(EventStream stream) {
        return assertTimeoutPreemptively(Eventually.PATIENCE, () -> {
            List<GroupEvent> read = new ArrayList<>();
            stream.forEach(read::add);
            return read;
        });
    }

    @Test
    void aStreamTellsWhatHappenedInItsOrderAndEndsWithTheConsumer() {
        group.produce(0, "bad");
        GroupConsumer consumer = build();
        EventStream stream = consumer.events();
        consumer.start();
        group.awaitCommitted(0, 1);
        consumer.close();

        List<Class<?>> told = List.of(
                StateChanged.class,
                RebalanceStarted.class,
                RebalanceCompleted.class,
                AttemptFailed.class,
                DeadLettered.class);
        List<GroupEvent> events = readToTheEnd(stream).stream()
                .filter(event -> told.contains(event.getClass()))
                .toList();
        assertEquals(
                List.of(
                        "CREATED to STARTING",
                        "RebalanceStarted",
                        "STARTING to RUNNING",
                        "RebalanceCompleted",
                        "AttemptFailed",
                        "AttemptFailed",
                        "AttemptFailed",
                        "DeadLettered",
                        "RUNNING to DRAINING",
                        "DRAINING to CLOSED"),
                events.stream().map(EventsTest::shortly).toList());
    }

    private static String shortly(GroupEvent event) {
        return event instanceof StateChanged changed
                ? changed.from() + " to " + changed.to()
                : event.getClass().getSimpleName();
    }

    @Test
    void aConsumerClosedBeforeItsStartEndsItsStreams() {
        GroupConsumer consumer = build();
        EventStream before = consumer.events();
        consumer.close();

        assertEquals(List.of(new StateChanged(ConsumerState.CREATED, ConsumerState.CLOSED)), readToTheEnd(before));
        assertEquals(List.of(), failing.calls());
    }
}
