package io.bywash.core.snapshot;

/** What kind of thing holds a partition up. */
public enum HoldCause {
    /** A record failed and waits for its next attempt. */
    RETRY,
    /** A record is to go to the dead-letter topic, which does not take it. */
    DEAD_LETTER_DOWN,
    /** It stopped at a record until an operator decides. */
    HALTED,
    /** Its position cannot be read from, or is not known yet. */
    POSITION,
    /** A call of the handler takes long. */
    SLOW_CALL,
    /** The call of a former owner in this process still runs. */
    PREDECESSOR,
    /** Records wait for a lane; all are busy with others. */
    LANES_BUSY,
    /** The records of other partitions fill the memory there is. */
    MEMORY,
    /** An operator paused it. */
    OPERATOR,
    /** The broker refuses or does not answer the commits. */
    COMMIT,
    /** There is more in the log, but nothing of it arrives. */
    FETCH,
    /** The consumer is closing. */
    CLOSING
}
