package io.bywash.core.settings;

/** What happens to a record whose attempts are used up. */
public enum OnFailure {
    /** It is written to the dead-letter topic; once the broker has acknowledged it, the partition goes on. */
    DEAD_LETTER,
    /** It is reported as skipped, and the partition goes on. The record stays in its topic only. */
    SKIP,
    /** The partition stops at it, with an event and an error in the log, until an operator decides. Others go on. */
    HALT
}
