package io.bywash.benchmarks.subject;

/** Which records wait for each other. */
public enum Order {

    /** Those of a partition. */
    PARTITION,

    /** Those of a key. */
    KEY,

    /** None. */
    NONE
}
