package io.bywash.console.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bywash.console.http.Refusal;
import io.bywash.core.GroupConsumer;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.tools.deadletter.LetterFilter;
import io.bywash.tools.deadletter.RedriveLimits;
import io.bywash.tools.deadletter.RedriveScope;
import io.bywash.tools.deadletter.RedriveTarget;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How redrives end that do not end well, without a broker. */
class RedrivesTest {
    private static final ConsumerSettings ORDERS = GroupConsumer.builder()
            .group("orders")
            .topics("orders")
            .kafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
            .handler((record, context) -> {}, StringDeserializer::new, StringDeserializer::new)
            .build()
            .settings();
    private static final Redrives.Plan ALL = plan(Redrives.Mode.REDRIVE);

    private final SlowWork rehearsals = new SlowWork("test");
    private final BlockingQueue<String> worked = new LinkedBlockingQueue<>();
    private final BlockingQueue<RedriveStatus> ended = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        rehearsals.close();
    }

    private static Redrives.Plan plan(Redrives.Mode mode) {
        return new Redrives.Plan(
                LetterFilter.ALL, RedriveScope.PENDING, RedriveTarget.GROUP, RedriveLimits.DEFAULT, mode);
    }

    private Redrives redrives(Consumer<Redrive> work, ThreadFactory threads) {
        return new Redrives(
                rehearsals,
                redrive -> {
                    worked.add(redrive.status().id());
                    work.accept(redrive);
                },
                threads);
    }

    private String begin(Redrives redrives) {
        return redrives.begin(ORDERS, ALL, id -> {}, ended::add);
    }

    private RedriveStatus end() throws InterruptedException {
        RedriveStatus status = ended.poll(20, TimeUnit.SECONDS);
        assertNotNull(status, "nobody hears how it ended");
        return status;
    }

    @Test
    void anErrorEndsARedriveAndStandsInTheWayOfNoOther() throws InterruptedException {
        try (Redrives redrives = redrives(
                redrive -> {
                    throw new NoClassDefFoundError("half a jar");
                },
                Thread::new)) {
            String first = begin(redrives);
            assertEquals(RedriveStatus.State.FAILED, end().state());
            assertEquals(RedriveStatus.State.FAILED, redrives.status(first).state());
            begin(redrives);
            assertEquals(RedriveStatus.State.FAILED, end().state());
        }
    }

    @Test
    void aThreadThatDoesNotStartEndsItsRedrive() throws InterruptedException {
        ThreadFactory none = task -> new Thread(task) {
            @Override
            public synchronized void start() {
                throw new InternalError("unable to create native thread");
            }
        };
        try (Redrives redrives = redrives(redrive -> {}, none)) {
            String id = begin(redrives);
            assertEquals(RedriveStatus.State.FAILED, end().state());
            assertEquals(RedriveStatus.State.FAILED, redrives.status(id).state());
            begin(redrives);
            assertEquals(List.of(), List.copyOf(worked));
        }
    }

    /** What is not written down is not done. */
    @Test
    void whatCannotBeWrittenDownDoesNotBegin() throws InterruptedException {
        try (Redrives redrives = redrives(redrive -> {}, Thread::new)) {
            redrives.begin(
                    ORDERS,
                    ALL,
                    id -> {
                        throw new IllegalStateException("the disk is full");
                    },
                    ended::add);
            assertEquals(RedriveStatus.State.FAILED, end().state());
            assertEquals(List.of(), List.copyOf(worked));
        }
    }

    @Test
    void nothingBeginsAfterTheEnd() {
        Redrives redrives = redrives(redrive -> {}, Thread::new);
        redrives.close();
        Refusal refused = assertThrows(Refusal.class, () -> begin(redrives));
        assertEquals(Refusal.CONFLICT, refused.status());
        assertThrows(Refusal.class, () -> redrives.begin(ORDERS, plan(Redrives.Mode.REHEARSE), id -> {}, ended::add));
        assertEquals(List.of(), redrives.newestFirst());
    }

    @Test
    void whatBeginsDuringTheEndDoesNothing() throws InterruptedException {
        Redrives redrives = redrives(redrive -> {}, Thread::new);
        redrives.begin(ORDERS, ALL, id -> redrives.close(), ended::add);
        assertEquals(RedriveStatus.State.STOPPED, end().state());
        assertEquals(List.of(), List.copyOf(worked));
    }
}
