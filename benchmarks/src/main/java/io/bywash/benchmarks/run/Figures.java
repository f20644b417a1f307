package io.bywash.benchmarks.run;

import java.io.Serializable;

/**
 * What one subject did in one run.
 *
 * @param handled how many records were handled, each time counted
 * @param seconds from the first record to the last, or to the limit
 * @param capped whether the limit came before the last record
 * @param onceEach whether every record was handled once; not known if the limit came before
 * @param bytesPerRecord bytes allocated in all from the start on, per record
 * @param threads how many more platform threads there were at once than before the first run of this process
 * @param heapBytes heap in use after a collection when the run is over and the subject still consumes
 * @param orderBreaks how many records were not handled in the order of their key
 * @param busySeconds how long the handler took on average, if it waited
 * @param delays how late the records were that took no time
 */
public record Figures(
        long handled,
        double seconds,
        boolean capped,
        boolean onceEach,
        double bytesPerRecord,
        int threads,
        long heapBytes,
        long orderBreaks,
        double busySeconds,
        Percentiles delays)
        implements Serializable {

    /**
     * Returns the throughput.
     *
     * @return records a second
     */
    public double perSecond() {
        return seconds == 0 ? 0 : handled / seconds;
    }
}
