package io.bywash.chaos.oracle;

/** What the brokers keep of the topic of a run. */
public enum Keeping {
    /** Every record from the beginning of the log on. */
    EVERYTHING,
    /** At least the last record of each key. */
    LAST_OF_KEY
}
