package io.bywash.chaos.worker;

/** Whether what is complete beyond an offset is committed with it. */
public enum CommitText {
    /** As always. */
    KEPT,
    /** Cut off on the way to the broker, to see what it is good for. */
    CUT
}
