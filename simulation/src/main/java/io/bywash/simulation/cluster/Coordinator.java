package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Actor;
import java.util.List;

/** The broker's side of one group, whatever its protocol. Members are known by their ids. */
interface Coordinator extends Actor {

    /**
     * Creates the client's side of a membership.
     *
     * @param client who is to become a member
     * @param protocol how it gives partitions up
     */
    Membership membership(GroupClient client, AssignmentProtocol protocol);

    /** Judges whether a commit that is signed so may be applied. */
    CommitReply check(Identity identity);

    /** Returns the members, for someone who wants to remove one. */
    List<String> members();

    /** Removes a member, whether it said goodbye or was not heard of in time. */
    void remove(String member);

    /** Nothing is heard of a member from now on; its session ends after a while, unless its successor takes its place. */
    void fallSilent(String member);

    /** Shares the partitions anew for no reason. */
    void shuffle();

    @Override
    default String name() {
        return "coordinator";
    }
}
