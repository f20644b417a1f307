package io.bywash.simulation.oracle;

/**
 * Something that is not as it must be.
 *
 * @param invariant what is broken
 * @param how in which way
 */
public record Finding(Invariant invariant, String how) {}
