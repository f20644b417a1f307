package io.bywash.tools.deadletter;

/** Where letters go back to. */
public enum RedriveTarget {
    /** The redrive topic of the group that failed, which nobody else reads. Created if it is missing. */
    GROUP,
    /** The source topic, where every group that reads it sees the record again. It must exist. */
    SOURCE
}
