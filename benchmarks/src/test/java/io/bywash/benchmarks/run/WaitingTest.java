package io.bywash.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.benchmarks.load.Payload;
import io.bywash.benchmarks.subject.Work;
import io.bywash.benchmarks.subject.Workload;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What the handler sees: records out of the order of their key, records that come twice, and how late the fast ones are. */
class WaitingTest {
    private final RunOrder run = new RunOrder(
            new Workload("localhost:9092", "topic", "group"), 1, 10, new Task.Wait(2, 1), Duration.ofSeconds(1));
    private final Meters meters = Meters.of(run);
    private final Work work = run.task().work(meters);

    @Test
    void acceptsKeysThatAreInOrder() throws InterruptedException {
        handle(0, 0, 0, 0);
        handle(1, 0, 1, 0);
        handle(0, 1, 2, 0);
        assertEquals(0, meters.order().breaks());
        assertEquals(3, meters.counts().total());
    }

    @Test
    void seesTheRecordThatCameTooEarlyAndTheOneThatCameTwice() throws InterruptedException {
        handle(0, 1, 0, 0);
        assertEquals(1, meters.order().breaks());
        handle(0, 2, 1, 0);
        handle(0, 2, 1, 0);
        assertEquals(2, meters.order().breaks());
    }

    @Test
    void measuresTheFastRecordsAfterTheWarmUp() throws InterruptedException {
        handle(0, 0, 0, 0);
        assertEquals(Percentiles.NONE, meters.delays().percentiles());
        handle(0, 1, 1, 2_000);
        assertEquals(Percentiles.NONE, meters.delays().percentiles());
        assertTrue(meters.busyNanos().sum() >= 2_000_000);
        handle(0, 2, 2, 0);
        Percentiles delays = meters.delays().percentiles();
        assertTrue(delays.p50() >= 1_000, delays::toString);
        assertEquals(1, delays.late());
    }

    /** Hands over a record that was due a second ago. */
    private void handle(int key, int sequence, int number, int workMicros) throws InterruptedException {
        byte[] value = ByteBuffer.allocate(Payload.SIZE)
                .putLong(Payload.nowMicros() - 1_000_000)
                .putInt(key)
                .putInt(sequence)
                .putInt(workMicros)
                .putInt(number)
                .array();
        work.handle(new ConsumerRecord<>("topic", 0, number, new byte[] {(byte) key}, value));
    }
}
