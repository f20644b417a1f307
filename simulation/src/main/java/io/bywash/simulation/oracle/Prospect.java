package io.bywash.simulation.oracle;

/** What may come of another attempt at a record. */
public enum Prospect {
    /** It may succeed. */
    OPEN,
    /** It fails as well, and the handler says so. */
    HOPELESS,
    /** There is none, since the record cannot be decoded, which counts as one attempt. */
    UNREADABLE,
    /** Only its handler knows. */
    UNKNOWN
}
