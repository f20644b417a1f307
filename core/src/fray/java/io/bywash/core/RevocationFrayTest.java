package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.Ownerships;
import io.bywash.core.fixture.QuickClients;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pastalab.fray.core.command.SystemTimeDelegateType;
import org.pastalab.fray.core.scheduler.RandomScheduler;
import org.pastalab.fray.junit.junit5.FrayTestExtension;
import org.pastalab.fray.junit.junit5.annotations.FrayTest;

/**
 * A partition comes and goes while calls complete, attempts come due and commits are sent, in orders that Fray makes up, by a clock of
 * its own. With each look at it that goes on by so little that calls last while the poll thread is at something else. Any thread is as likely as another to go on: by a ranking of the threads, a loop that waits for a worker can turn for longer
 * than the test waits, before the worker has its turn.
 */
@ExtendWith(FrayTestExtension.class)
public class RevocationFrayTest {
    private static final int SCHEDULES = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Timing OFTEN =
            new Timing(Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final FailurePolicy SOON =
            FailurePolicy.DEFAULT.withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1, 0));

    private final Ownerships ownerships = new Ownerships();

    @FrayTest(
            iterations = SCHEDULES,
            scheduler = RandomScheduler.class,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 20_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void aCallCompletesWhileThePartitionGoes() {
        run(Ordering.PARTITION, (record, context) -> {});
    }

    @FrayTest(
            iterations = SCHEDULES,
            scheduler = RandomScheduler.class,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 20_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void callsOfTwoKeysCompleteWhileThePartitionGoes() {
        run(Ordering.key(2), (record, context) -> {});
    }

    @FrayTest(
            iterations = SCHEDULES,
            scheduler = RandomScheduler.class,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 20_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void anAttemptComesDueWhileThePartitionGoes() {
        run(Ordering.PARTITION, failingOnce());
    }

    @FrayTest(
            iterations = SCHEDULES,
            scheduler = RandomScheduler.class,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 20_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void anAttemptOfAKeyComesDueWhileThePartitionGoes() {
        run(Ordering.key(2), failingOnce());
    }

    @FrayTest(
            iterations = SCHEDULES,
            scheduler = RandomScheduler.class,
            systemTimeDelegateType = SystemTimeDelegateType.MOCK,
            virtualTimeDelta = 20_000,
            ignoreTimedBlock = false,
            resetClassLoaderPerIteration = false)
    public void theConsumerIsClosedWhileThePartitionGoes() {
        QuickClients clients = new QuickClients(ownerships);
        GroupConsumer consumer = started(clients, Ordering.key(2), (record, context) -> {});
        ownerships.awaitBeginning();
        assertTrue(consumer.close(PATIENCE));
        assertEquals(ConsumerState.CLOSED, consumer.state(), () -> "failed with " + consumer.failure());
        ownerships.check();
        // The thread that asks about topics ends by itself.
        Await.until(() -> clients.open() + " clients are open", () -> clients.open() == 0);
    }

    private static TopicHandler<byte[], byte[]> failingOnce() {
        Set<Long> failed = ConcurrentHashMap.newKeySet();
        return (record, context) -> {
            if (failed.add(record.offset())) {
                throw new IllegalStateException("the first attempt fails");
            }
        };
    }

    private void run(Ordering ordering, TopicHandler<byte[], byte[]> handler) {
        GroupConsumer consumer = started(new QuickClients(ownerships), ordering, handler);
        ownerships.awaitEnd();
        assertTrue(consumer.close(PATIENCE));
        ownerships.check();
    }

    private GroupConsumer started(QuickClients clients, Ordering ordering, TopicHandler<byte[], byte[]> handler) {
        return GroupConsumer.builder()
                .group("races")
                .topics(QuickClients.PARTITION.topic())
                .kafka(QuickClients.PROPERTIES)
                .timing(OFTEN)
                .failures(SOON)
                .ordering(ordering)
                .handler(new HandlerBinding<>(
                        "checked", new Checked(handler), ByteArrayDeserializer::new, ByteArrayDeserializer::new))
                .environment(clients.environment())
                .start();
    }

    private final class Checked implements TopicHandler<byte[], byte[]> {
        private final TopicHandler<byte[], byte[]> handler;

        Checked(TopicHandler<byte[], byte[]> handler) {
            this.handler = handler;
        }

        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, HandlerContext context) throws Exception {
            ownerships.begins(record.offset());
            Ownerships.workAtTimes();
            handler.handle(record, context);
            ownerships.completes(record.offset());
        }
    }
}
