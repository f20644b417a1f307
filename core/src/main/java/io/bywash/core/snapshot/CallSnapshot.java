package io.bywash.core.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * A call of a handler that is under way, or the stage it returned.
 *
 * @param offset the record it is about, the first of them in a batch
 * @param attempt the number of the attempt, from 1
 * @param since when it was first seen, at most a quarter of a second after it began
 * @param thread the name of what it runs on
 * @param stack where it is at the time of asking, innermost call first; empty if it is on no thread or is over
 */
public record CallSnapshot(
        long offset, int attempt, Instant since, String thread, Supplier<List<StackTraceElement>> stack) {}
