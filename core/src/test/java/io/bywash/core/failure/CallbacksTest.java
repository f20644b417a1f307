package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent.CallbackFailed;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallbacksTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private TestGroup group;

    @BeforeEach
    void createGroup() {
        group = new TestGroup(KAFKA.cluster(), 1);
    }

    @AfterEach
    void closeGroup() {
        group.close();
    }

    /** Writes down every call in its order, and fails where it is told to. */
    private static final class Diary implements TopicHandler<String, String> {
        private final List<String> entries = new CopyOnWriteArrayList<>();
        private final Optional<String> failsAt;

        Diary(Optional<String> failsAt) {
            this.failsAt = failsAt;
        }

        private void enter(String call) {
            entries.add(call);
            if (failsAt.filter(call::equals).isPresent()) {
                throw new IllegalStateException(call + " fails");
            }
        }

        @Override
        public void open() {
            enter("open");
        }

        @Override
        public void assigned(TopicPartition partition) {
            enter("assigned");
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            enter("handle " + record.value());
        }

        @Override
        public void revoked(TopicPartition partition) {
            enter("revoked");
        }

        @Override
        public void lost(TopicPartition partition) {
            enter("lost");
        }

        @Override
        public void close() {
            enter("close");
        }
    }

    @Test
    void theLifeOfAHandlerIsInOrder() {
        Diary diary = new Diary(Optional.empty());
        group.produce(0, "a", "b");
        Member member = group.start(diary);
        group.awaitCommitted(0, 2);
        member.leave();

        assertEquals(List.of("open", "assigned", "handle a", "handle b", "revoked", "close"), diary.entries);
    }

    @Test
    void aPartitionThatIsTakenAwayWithoutNoticeIsLostAndNotRevoked() throws Exception {
        Diary diary = new Diary(Optional.empty());
        group.produce(0, "a");
        group.start(diary);
        group.awaitCommitted(0, 1);

        KAFKA.cluster()
                .admin()
                .removeMembersFromConsumerGroup(group.group(), new RemoveMembersFromConsumerGroupOptions())
                .all()
                .get();
        Eventually.holds(
                () -> "the member comes back: " + diary.entries,
                () -> diary.entries.stream().filter("assigned"::equals).count() == 2);
        group.produce(0, "b");
        group.awaitCommitted(0, 2);

        assertEquals(List.of("open", "assigned", "handle a", "lost", "assigned", "handle b"), diary.entries);
    }

    @Test
    void callbacksThatFailAreReportedAndChangeNothing() {
        for (String callback : List.of("assigned", "revoked", "close")) {
            TestGroup own = new TestGroup(KAFKA.cluster(), 1);
            Diary diary = new Diary(Optional.of(callback));
            own.produce(0, "a");
            Member member = own.start(diary);
            own.awaitCommitted(0, 1);
            member.leave();

            assertEquals(List.of("open", "assigned", "handle a", "revoked", "close"), diary.entries);
            assertEquals(ConsumerState.CLOSED, member.consumer().state());
            List<CallbackFailed> failures = member.events().all(CallbackFailed.class);
            if (callback.equals("close")) {
                assertEquals(List.of(), failures);
            } else {
                assertEquals(1, failures.size());
                assertEquals(own.partition(0), failures.get(0).partition());
                assertEquals("diary", failures.get(0).handler());
                assertEquals(callback + " fails", failures.get(0).cause().getMessage());
            }
        }
    }

    @Test
    void aHandlerThatDoesNotOpenStopsTheStart() {
        Diary diary = new Diary(Optional.of("open"));
        ConsumerFailedException failure = assertThrows(ConsumerFailedException.class, () -> group.start(diary));

        assertEquals(ConsumerFailedException.Kind.HANDLER, failure.kind());
        assertTrue(failure.getMessage().startsWith("handler diary does not open: "), failure.getMessage());
        assertEquals(List.of("open"), diary.entries);
    }
}
