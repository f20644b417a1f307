package io.bywash.core.session;

import io.bywash.core.thread.Running;

/**
 * A call of a handler that has begun and is not over.
 *
 * @param offset the record it is about
 * @param number tells this call from others about the same record by the same runner
 * @param by what it runs on
 */
public record CallInFlight(long offset, long number, Running by) {}
