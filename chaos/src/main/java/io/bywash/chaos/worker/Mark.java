package io.bywash.chaos.worker;

/** What a line of a journal tells. */
public enum Mark {
    /** A partition came; its records follow. */
    ASSIGNED,
    /** A partition was handed over. */
    REVOKED,
    /** A partition was taken away without notice. */
    LOST,
    /** A call began. */
    START,
    /** A call returned. */
    OK,
    /** A call threw. */
    FAILED,
    /** The engine counted a failed attempt, which one that revocation cuts short is not. */
    ATTEMPT_COUNTED,
    /** A result was ignored since its partition was gone. */
    LATE,
    /** A position moved because retention took records; the offset is that before. */
    JUMPED,
    /** A partition without a commit begins; the offset is where. */
    STARTED,
    /** A partition begins with a topic that was made anew; the offset is where. */
    RECREATED,
    /** A partition stopped, since its log was cut below its position, which is the offset. */
    HALTED,
    /** A dead letter was refused. */
    LETTER_REFUSED,
    /** A commit did not succeed. */
    COMMIT_FAILED,
    /** A rebalance began. */
    REBALANCING,
    /** A rebalance took partitions away that were not given up, or could not be gone through with. */
    REBALANCE_FAILED,
    /** The rebalance in which a partition was given up came to its end. */
    RELEASED,
    /** Events of which nobody was told, since too many were waiting; the offset is how many. */
    EVENTS_DROPPED,
    /** What the engine counted, at the end: in the place of the offset calls that it took for handled, in that of the attempt late results. */
    COUNTED,
    /** What lives after a collection of garbage: in the place of the offset its bytes, in that of the attempt its share of the heap in percent. */
    HEAP
}
