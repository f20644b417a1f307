package io.bywash.simulation.cluster;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** The client's side of the classic group protocol. Everything happens inside calls of the client, callbacks included. */
final class Membership {
    private static final int NO_GENERATION = -1;
    /** Heartbeats run beside the polls, so what they bring shows at some poll, and not always at the next. */
    private static final double HEARD_BY_NOW = 0.5;

    private final String client;
    private final SimCluster cluster;
    private final GroupCoordinator coordinator;
    private final Holdings holdings;
    private final AssignmentProtocol protocol;
    private final ConsumerRebalanceListener listener;
    private State state = State.OUTSIDE;
    private Identity identity = new Identity("", NO_GENERATION);
    private int joins;
    private boolean rejoin;

    private enum State {
        OUTSIDE,
        JOINING,
        STABLE
    }

    /**
     * What a commit is signed with.
     *
     * @param member the member's id
     * @param generation the last generation it was part of
     */
    record Identity(String member, int generation) {}

    Membership(
            String client,
            SimCluster cluster,
            Holdings holdings,
            AssignmentProtocol protocol,
            ConsumerRebalanceListener listener) {
        this.client = client;
        this.cluster = cluster;
        this.coordinator = cluster.coordinator();
        this.holdings = holdings;
        this.protocol = protocol;
        this.listener = listener;
    }

    void poll() {
        hear();
        if (state == State.OUTSIDE || rejoin) {
            prepare();
            join();
        }
        if (state == State.JOINING) {
            coordinator.sync(identity.member()).ifPresent(this::complete);
        }
    }

    private void hear() {
        if (state == State.OUTSIDE || !cluster.chance().happens(HEARD_BY_NOW)) {
            return;
        }
        if (!coordinator.isMember(identity.member())) {
            forget();
        } else if (state == State.STABLE && coordinator.isRebalancing(identity.generation())) {
            rejoin = true;
        } else if (state == State.JOINING && !coordinator.hasJoined(identity.member())) {
            join();
        }
    }

    /** Is in no generation any more. The id stays if the group still knows it, or the group would wait for a member without a client. */
    private void forget() {
        state = State.OUTSIDE;
        identity = new Identity(coordinator.isMember(identity.member()) ? identity.member() : "", NO_GENERATION);
    }

    private void prepare() {
        rejoin = false;
        if (identity.generation() == NO_GENERATION) {
            if (!holdings.all().isEmpty()) {
                lose(holdings.partitions());
            }
        } else if (protocol == AssignmentProtocol.EAGER) {
            revoke(holdings.partitions());
        }
    }

    private void join() {
        if (identity.member().isEmpty()) {
            joins++;
            identity = new Identity(client + "/" + joins, NO_GENERATION);
        } else if (!coordinator.isMember(identity.member())) {
            forget();
            return;
        }
        coordinator.join(identity.member(), holdings.partitions());
        state = State.JOINING;
    }

    private void complete(GroupCoordinator.Share share) {
        state = State.STABLE;
        identity = new Identity(identity.member(), share.generation());
        Set<TopicPartition> going = without(holdings.partitions(), share.partitions());
        if (!going.isEmpty()) {
            revoke(going);
            rejoin = true;
        }
        Set<TopicPartition> coming = without(share.partitions(), holdings.partitions());
        coming.forEach(cluster::mayLoseEnd);
        holdings.add(coming);
        cluster.observer().assigned(client, coming);
        listener.onPartitionsAssigned(coming);
    }

    private static Set<TopicPartition> without(Collection<TopicPartition> some, Collection<TopicPartition> others) {
        Set<TopicPartition> rest = new TreeSet<>(SimCluster.ORDER);
        rest.addAll(some);
        rest.removeAll(others);
        return rest;
    }

    private void revoke(Set<TopicPartition> partitions) {
        cluster.observer().releasing(client, partitions);
        listener.onPartitionsRevoked(partitions);
        cluster.observer().released(client, partitions);
        holdings.remove(partitions);
    }

    private void lose(Set<TopicPartition> partitions) {
        cluster.observer().lost(client, partitions);
        listener.onPartitionsLost(partitions);
        holdings.remove(partitions);
    }

    /** Returns what to sign a commit with; nothing while the client is not, or not yet again, in a generation. */
    Optional<Identity> identity() {
        return state == State.STABLE ? Optional.of(identity) : Optional.empty();
    }

    boolean isJoining() {
        return state == State.JOINING;
    }

    /** Takes note that a commit was refused for its signature; returns whether that is news. */
    boolean fenced(Identity refused) {
        if (!refused.equals(identity)) {
            return false;
        }
        forget();
        return true;
    }

    /** Joins again at the next poll. */
    void rejoin() {
        rejoin = true;
    }

    void leave() {
        if (!holdings.all().isEmpty()) {
            if (identity.generation() == NO_GENERATION) {
                lose(holdings.partitions());
            } else {
                revoke(holdings.partitions());
            }
        }
        coordinator.remove(identity.member());
        forget();
    }
}
