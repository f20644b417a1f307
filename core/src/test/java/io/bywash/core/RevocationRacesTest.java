package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CommitWitness;
import io.bywash.core.fixture.QuickClients;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hundreds of times a partition comes and goes while calls complete and commits are sent, on real threads and without a broker. */
@Timeout(120)
class RevocationRacesTest {
    private static final int OWNERSHIPS = 400;
    private static final int KEYS = 4;

    private final Random random = new Random(1);
    private final CommitWitness witness = new CommitWitness();

    // Of the poll thread.
    private long delivered;
    private volatile int ownerships;
    private volatile boolean over;

    static Stream<Ordering> orderings() {
        return Stream.of(Ordering.PARTITION, Ordering.key(KEYS), Ordering.none(KEYS));
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void whatIsCommittedIsHandledAndNothingBeginsWithoutThePartition(Ordering ordering) {
        QuickClients clients = new QuickClients(this::poll);
        try (GroupConsumer consumer = GroupConsumer.builder()
                .group("races")
                .topics(QuickClients.PARTITION.topic())
                .kafka(QuickClients.PROPERTIES)
                .timing(new Timing(
                        Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .ordering(ordering)
                .handler(new HandlerBinding<>(
                        "checking", new Checking(), ByteArrayDeserializer::new, ByteArrayDeserializer::new))
                .environment(clients.environment())
                .start()) {
            Await.until(
                    () -> ownerships + " ownerships, " + witness.violations(),
                    () -> over || !witness.violations().isEmpty());
            assertEquals(List.of(), witness.violations());
            assertTrue(consumer.close(Duration.ofSeconds(30)));
        }
        assertEquals(List.of(), witness.violations());
        // The thread that asks about topics ends by itself.
        Await.until(() -> clients.open() + " clients are open", () -> clients.open() == 0);
    }

    /** Gives the partition, or some records of it, or takes it away, whatever the calls are at. */
    private void poll(MockConsumer<byte[], byte[]> client) {
        witness.look(client);
        if (over) {
            return;
        }
        if (client.assignment().isEmpty()) {
            delivered = witness.give(client);
            ownerships++;
        } else if (client.paused().isEmpty() && random.nextInt(3) > 0) {
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                byte[] key = {(byte) (delivered % KEYS)};
                client.addRecord(new ConsumerRecord<>("orders", 0, delivered++, key, new byte[1]));
            }
        } else if (random.nextInt(3) == 0) {
            witness.take(client);
            over = ownerships >= OWNERSHIPS;
        }
    }

    private final class Checking implements TopicHandler<byte[], byte[]> {
        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, HandlerContext context) {
            witness.begins(record.offset());
            for (int i = ThreadLocalRandom.current().nextInt(200); i > 0; i--) {
                Thread.onSpinWait();
            }
            witness.completes(record.offset());
        }
    }
}
