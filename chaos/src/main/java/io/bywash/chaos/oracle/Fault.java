package io.bywash.chaos.oracle;

/**
 * A fault that was injected.
 *
 * @param kind what it was
 * @param micros when, in microseconds since 1970
 * @param struck the process of a worker that it hit; empty if it hit none
 */
public record Fault(String kind, long micros, String struck) {}
