package io.bywash.core.event;

/** Why a partition is not fetched. A partition is paused while at least one reason holds. */
public enum PauseReason {
    /** As many records of the partition wait as its buffer may hold. */
    BUFFER_FULL,
    /** The records of all partitions together take as much memory as they may. */
    MEMORY,
    /** A record waits for its next attempt. */
    RETRY,
    /** A record is to go to the dead-letter topic, which does not take it or does not answer. */
    DEAD_LETTER_DOWN,
    /** The partition stopped at a record, or at a position that no longer exists, until an operator decides. */
    HALTED,
    /** Where to read from is not known yet. */
    POSITION,
    /** The call of a former owner of the partition in this process still runs. */
    PREDECESSOR,
    /** An operator asked for it. */
    OPERATOR,
    /** The consumer is closing. */
    CLOSING
}
