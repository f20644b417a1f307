package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent.AttemptFailed;
import io.bywash.core.event.GroupEvent.ConsumerFailed;
import io.bywash.core.event.GroupEvent.NextStep;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HandlerErrorTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 2);
    }

    @AfterEach
    void closeGroup() {
        group.close();
    }

    @Test
    void anErrorStopsTheConsumerWithoutACommitOfItsRecord() {
        group.produce(1, "a", "b");
        Recording handler = new Recording((record, context) -> {
            if (record.value().equals("deadly")) {
                throw new NoClassDefFoundError("com/acme/Order");
            }
        });
        Member member = group.start(handler);
        group.awaitCommitted(1, 2);
        group.awaitDeadLetterTopic();
        group.produce(0, "good", "deadly", "behind it");
        group.produce(1, "c");

        ConsumerFailedException failure = member.awaitFailure();
        assertEquals(ConsumerState.FAILED, member.consumer().state());
        assertEquals(Kind.HANDLER, failure.kind());
        assertEquals(
                "a handler of " + group.group()
                        + " threw an error, after which nothing of this process can be relied on: "
                        + "java.lang.NoClassDefFoundError: com/acme/Order",
                failure.getMessage());
        AttemptFailed attempt = member.events().await(AttemptFailed.class);
        assertEquals(NextStep.STOP, attempt.next());
        assertEquals(failure, member.events().await(ConsumerFailed.class).cause());
        assertEquals(1L, group.committed(0).map(OffsetAndMetadata::offset).orElseThrow());
        long handled = handler.of(1).size();
        assertEquals(handled, group.committed(1).map(OffsetAndMetadata::offset).orElseThrow());
        assertTrue(group.deadLetters().isEmpty());

        Recording afterRestart = new Recording((record, context) -> {});
        group.start(afterRestart);
        group.awaitCommitted(0, 3);
        group.awaitCommitted(1, 3);
        assertEquals(List.of("deadly/1", "behind it/1"), afterRestart.of(0));
    }
}
