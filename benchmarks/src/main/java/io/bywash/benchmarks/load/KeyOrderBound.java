package io.bywash.benchmarks.load;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What the order of the keys alone costs: each record begins when it is due, or when the one of its key before it ends if that is later.
 *
 * @param content the records
 * @param perSecond how many are due a second
 */
public record KeyOrderBound(Content content, int perSecond) {

    /**
     * Tells which part of the records that take no time is late all the same, however fast the consumer.
     *
     * @param firstMeasured how many records come first and do not count
     * @param lateMicros how many microseconds after its due time a record is late
     * @return the part, 0 to 1
     */
    public double late(int firstMeasured, long lateMicros) {
        RecordSource source = new RecordSource("none", content);
        long[] free = new long[content.keys().count()];
        Arrays.fill(free, Long.MIN_VALUE);
        long fast = 0;
        long late = 0;
        for (long number = 0; source.hasNext(); number++) {
            long due = number * TimeUnit.SECONDS.toMicros(1) / perSecond;
            Payload payload = Payload.of(source.next(due).value());
            long begins = Math.max(due, free[payload.key()]);
            free[payload.key()] = begins + payload.workMicros();
            if (payload.workMicros() == 0 && number >= firstMeasured) {
                fast++;
                late += begins - due > lateMicros ? 1 : 0;
            }
        }
        return fast == 0 ? 0 : (double) late / fast;
    }
}
