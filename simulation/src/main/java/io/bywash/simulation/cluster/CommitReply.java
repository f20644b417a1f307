package io.bywash.simulation.cluster;

/** What the coordinator says to a commit. */
enum CommitReply {
    /** The offsets are stored. */
    APPLIED,
    /** Whoever sent it is no member, or was one in an earlier generation. */
    UNKNOWN,
    /** Another process has taken the sender's place, by its {@code group.instance.id}. */
    FENCED,
    /** The member has been brought to a later epoch by now. */
    STALE
}
