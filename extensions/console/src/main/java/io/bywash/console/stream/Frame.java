package io.bywash.console.stream;

import java.util.function.Supplier;

/**
 * What is sent at one tick, as server-sent events in UTF-8.
 *
 * @param delta what changed since the tick before
 * @param whole everything, for those who are new or missed a tick; made when it is asked for, once
 */
public record Frame(byte[] delta, Supplier<byte[]> whole) {

    /** Has the whole made at most once. For the thread that ticks alone. */
    public Frame {
        Supplier<byte[]> made = whole;
        byte[][] kept = new byte[1][];
        whole = () -> {
            if (kept[0] == null) {
                kept[0] = made.get();
            }
            return kept[0];
        };
    }
}
