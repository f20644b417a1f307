package io.bywash.core.session;

/** What an operator decided about a halted partition. */
public enum Order {
    /** Try the record again, with all its attempts. */
    RETRY,
    /** Leave the record out. */
    SKIP
}
