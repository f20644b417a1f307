package io.bywash.simulation.cluster;

import java.util.Optional;
import java.util.Set;

/** The client's side of a group protocol. Callbacks run inside calls of the client. */
interface Membership {

    /** Subscribes, or changes what is subscribed to. */
    void subscribe(Set<String> topics);

    /**
     * Does what is due at a poll, callbacks included.
     *
     * @throws org.apache.kafka.common.KafkaException if the client cannot be a member any more
     */
    void poll();

    /** Returns what to sign a commit with; nothing while the client is not, or not yet again, in a generation. */
    Optional<Identity> identity();

    /** Tells whether the client would still sign like this. */
    boolean isCurrent(Identity signature);

    /** Tells whether the client is about to be in a generation. */
    boolean isJoining();

    /** Takes note that a commit was refused since nobody knows who signed it; returns whether that is news. */
    boolean disowned(Identity refused);

    /** Gives up everything and leaves. */
    void leave();
}
