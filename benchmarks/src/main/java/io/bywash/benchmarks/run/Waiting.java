package io.bywash.benchmarks.run;

import io.bywash.benchmarks.load.Payload;
import io.bywash.benchmarks.subject.Work;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Waits as long as the record says, as if for somebody else. */
final class Waiting implements Work {
    private final int firstMeasured;
    private final Meters meters;

    Waiting(int firstMeasured, Meters meters) {
        this.firstMeasured = firstMeasured;
        this.meters = meters;
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        meters.counts().begin();
        Payload payload = Payload.of(record.value());
        meters.order().begins(payload);
        if (payload.workMicros() > 0) {
            long began = System.nanoTime();
            pause(began + TimeUnit.MICROSECONDS.toNanos(payload.workMicros()));
            meters.busyNanos().add(System.nanoTime() - began);
        } else if (payload.number() >= firstMeasured && payload.dueMicros() > 0) {
            meters.delays().add(Payload.nowMicros() - payload.dueMicros());
        }
        meters.order().ends(payload);
        meters.counts().add(record);
    }

    /** Parks, since before JDK 21 a sleep of less than a millisecond becomes a whole one. */
    private static void pause(long until) throws InterruptedException {
        for (long ahead = until - System.nanoTime(); ahead > 0; ahead = until - System.nanoTime()) {
            LockSupport.parkNanos(ahead);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
