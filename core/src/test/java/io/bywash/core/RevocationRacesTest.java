package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.CommitWitness;
import io.bywash.core.fixture.QuickClients;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.Timing;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hundreds of times a partition comes and goes while calls complete or fail and commits are sent, on real threads and without a broker. */
@Timeout(120)
class RevocationRacesTest {
    private static final int OWNERSHIPS = 400;
    private static final int KEYS = 4;

    // Or whoever does next to nothing would pass.
    private static final int COMMITTED = 1_000;
    private static final int TAKEN_IN_CALLS = 100;

    private static final FailurePolicy NEVER_GIVES_UP = FailurePolicy.DEFAULT
            .withMaxAttempts(1_000)
            .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1, 0));

    private final Random random = new Random(1);
    private final CommitWitness witness = new CommitWitness();

    // Of the poll thread.
    private long delivered;

    /** Whether the partition is only taken away while a call is in flight, which it would hardly ever be by chance. */
    private boolean endsInCall;

    private volatile int ownerships;
    private volatile long committed;
    private volatile int takenInCalls;
    private volatile boolean over;

    static Stream<Ordering> orderings() {
        return Stream.of(Ordering.PARTITION, Ordering.key(KEYS), Ordering.none(KEYS));
    }

    @ParameterizedTest
    @MethodSource("orderings")
    void whatIsCommittedIsHandledAndNothingBeginsOutOfTurnOrWithoutThePartition(Ordering ordering) {
        QuickClients clients = new QuickClients(this::poll);
        try (GroupConsumer consumer = GroupConsumer.builder()
                .group("races")
                .topics(QuickClients.PARTITION.topic())
                .kafka(QuickClients.PROPERTIES)
                .timing(new Timing(
                        Duration.ofMillis(1), Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(1)))
                .failures(NEVER_GIVES_UP)
                .ordering(ordering)
                .handler(new HandlerBinding<>(
                        "checking",
                        new Checking(apart(ordering)),
                        ByteArrayDeserializer::new,
                        ByteArrayDeserializer::new))
                .environment(clients.environment())
                .start()) {
            Await.until(
                    () -> ownerships + " ownerships, of which " + takenInCalls + " ended in calls, committed "
                            + committed + ", " + witness.violations(),
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
        committed = witness.look(client);
        if (over) {
            return;
        }
        if (client.assignment().isEmpty()) {
            delivered = witness.give(client);
            ownerships++;
            endsInCall = random.nextBoolean();
        } else if (client.paused().isEmpty() && random.nextInt(3) > 0) {
            int count = 1 + random.nextInt(6);
            for (int i = 0; i < count; i++) {
                byte[] key = {(byte) (delivered % KEYS)};
                client.addRecord(new ConsumerRecord<>("orders", 0, delivered++, key, new byte[1]));
            }
        } else if (random.nextInt(3) == 0 && (!endsInCall || witness.calls() > 0)) {
            if (witness.calls() > 0) {
                takenInCalls++;
            }
            witness.take(client);
            over = ownerships >= OWNERSHIPS && committed >= COMMITTED && takenInCalls >= TAKEN_IN_CALLS;
        }
    }

    /** How far apart two records are of which one waits for the other. */
    private static int apart(Ordering ordering) {
        if (ordering instanceof Ordering.Partition) {
            return 1;
        }
        return ordering instanceof Ordering.Key ? KEYS : 0;
    }

    private final class Checking implements TopicHandler<byte[], byte[]> {
        private final int apart;

        Checking(int apart) {
            this.apart = apart;
        }

        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, HandlerContext context) {
            witness.begins(record.offset(), apart);
            try {
                ThreadLocalRandom chance = ThreadLocalRandom.current();
                for (int i = chance.nextInt(200); i > 0; i--) {
                    Thread.onSpinWait();
                }
                if (chance.nextInt(8) == 0) {
                    LockSupport.parkNanos(chance.nextInt(1_000_000));
                }
                if (chance.nextInt(20) == 0) {
                    throw new IllegalStateException("not this time");
                }
                witness.completes(record.offset());
            } finally {
                witness.ends(record.offset());
            }
        }
    }
}
