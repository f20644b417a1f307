package io.bywash.simulation;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The simulated cluster is one that there might be: what the engine makes of a schedule there, it makes of it on a real broker too. The
 * same records are handled, the same are passed over, everything is committed, what is told beside the offsets is so, and the order is kept.
 */
@EnabledForJreRange(max = JRE.JAVA_17) // the broker is the same on all
class FidelityTest {
    private static final int SCHEDULES = Integer.getInteger("bywash.schedules", 100);

    /** Most of the time of a schedule is spent waiting for the group. */
    private static final int AT_ONCE = 8;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    private final AtomicInteger passedOver = new AtomicInteger();
    private final AtomicInteger simulatedEpochs = new AtomicInteger();
    private final AtomicInteger realEpochs = new AtomicInteger();

    @Test
    void schedulesEndOnABrokerAsTheyDoInTheSimulation() throws Exception {
        EmbeddedKafka cluster = KAFKA.cluster();
        ExecutorService players = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Void>> plays = LongStream.rangeClosed(1, SCHEDULES)
                    .<Callable<Void>>mapToObj(seed -> () -> compare(cluster, new Schedule(seed)))
                    .toList();
            for (Future<Void> play : players.invokeAll(plays)) {
                play.get();
            }
        } finally {
            players.shutdownNow();
        }
        assertTrue(passedOver.get() > SCHEDULES, "too seldom to prove anything: " + passedOver + " passed over");
        assertTrue(
                simulatedEpochs.get() > SCHEDULES && realEpochs.get() > SCHEDULES,
                "too few commits tell of a leader epoch: " + simulatedEpochs + " and " + realEpochs);
    }

    private Void compare(EmbeddedKafka cluster, Schedule schedule) throws Exception {
        Schedule.Simulated simulated = schedule.simulate();
        RealPlay real = new RealPlay(cluster, schedule, simulated.logs());
        Fates fates = real.play();
        String what = "seed " + schedule.seed() + ", " + schedule.scenario();
        assertAll(
                () -> assertEquals(simulated.fates(), fates, what),
                () -> assertEquals(List.of(), real.disorder(), what));
        passedOver.addAndGet(fates.passedOver().size());
        simulatedEpochs.addAndGet(simulated.epochs());
        realEpochs.addAndGet(real.epochs());
        return null;
    }
}
