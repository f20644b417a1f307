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
    /** A result was ignored since its partition was gone. */
    LATE,
    /** A position moved because retention took records; the offset is that before. */
    JUMPED,
    /** A commit did not succeed. */
    COMMIT_FAILED
}
