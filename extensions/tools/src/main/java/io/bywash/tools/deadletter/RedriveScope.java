package io.bywash.tools.deadletter;

/** Whether letters that have gone back before are meant as well. */
public enum RedriveScope {
    /** Only those that have not. */
    PENDING,
    /** All of them, as if none had. */
    ALL
}
