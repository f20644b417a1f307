package io.bywash.simulation.oracle;

/** What a handler is told about a partition. */
public enum Notice {
    /** Its records follow. */
    ASSIGNED,
    /** It was given up in good order. */
    REVOKED,
    /** It was taken away. */
    LOST
}
