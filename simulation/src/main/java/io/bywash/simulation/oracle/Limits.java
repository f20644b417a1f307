package io.bywash.simulation.oracle;

import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;

/**
 * How much the engine may take at once.
 *
 * @param buffers how much it may buffer
 * @param batching how many records go into one call of a handler of batches
 */
public record Limits(Buffers buffers, Batching batching) {}
