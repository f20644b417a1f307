package io.bywash.simulation.cluster;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/** The client's side of the classic group protocol. Everything happens inside calls of the client, callbacks included. */
final class ClassicMembership implements Membership {
    private static final int NO_GENERATION = -1;
    /** Heartbeats run beside the polls, so what they bring shows at some poll, and not always at the next. */
    private static final double HEARD_BY_NOW = 0.5;

    private final GroupClient client;
    private final ClassicCoordinator coordinator;
    private final AssignmentProtocol protocol;
    private State state = State.OUTSIDE;
    private Identity identity;
    private Set<String> topics = Set.of();
    private boolean rejoin;

    private enum State {
        OUTSIDE,
        JOINING,
        STABLE
    }

    ClassicMembership(GroupClient client, ClassicCoordinator coordinator, AssignmentProtocol protocol) {
        this.client = client;
        this.coordinator = coordinator;
        this.protocol = protocol;
        this.identity = new Identity("", client.instance(), NO_GENERATION);
    }

    @Override
    public void subscribe(Set<String> wanted) {
        rejoin |= state != State.OUTSIDE;
        topics = wanted;
    }

    @Override
    public void poll() {
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
        if (state == State.OUTSIDE || !client.cluster().chance().happens(HEARD_BY_NOW)) {
            return;
        }
        requireNotFenced();
        if (!coordinator.isMember(identity.member())) {
            forget();
        } else if (state == State.STABLE && coordinator.isRebalancing(identity.generation())) {
            rejoin = true;
        } else if (state == State.JOINING && !coordinator.hasJoined(identity.member())) {
            join();
        }
    }

    private void requireNotFenced() {
        if (coordinator.isFenced(identity)) {
            throw new FencedInstanceIdException("another member has the group.instance.id of " + identity.member());
        }
    }

    /** Is in no generation any more. The id stays if the group still knows it, or the group would wait for a member without a client. */
    private void forget() {
        state = State.OUTSIDE;
        String member = coordinator.isMember(identity.member()) ? identity.member() : "";
        identity = new Identity(member, client.instance(), NO_GENERATION);
    }

    private void prepare() {
        rejoin = false;
        Set<TopicPartition> held = client.holdings().partitions();
        if (identity.generation() == NO_GENERATION) {
            if (!held.isEmpty()) {
                client.lose(held);
            }
        } else if (protocol == AssignmentProtocol.EAGER) {
            client.revoke(held);
        }
    }

    private void join() {
        if (identity.member().isEmpty()) {
            identity = new Identity(client.cluster().newMember(client.name()), client.instance(), NO_GENERATION);
        } else if (!coordinator.isMember(identity.member())) {
            requireNotFenced();
            forget();
            return;
        }
        coordinator.join(identity, topics, client.holdings().partitions());
        state = State.JOINING;
    }

    private void complete(ClassicCoordinator.Share share) {
        state = State.STABLE;
        identity = new Identity(identity.member(), client.instance(), share.generation());
        if (share.partitions().stream().anyMatch(partition -> !topics.contains(partition.topic()))) {
            // As the real client, it takes nothing of a share that is for another subscription.
            rejoin = true;
            return;
        }
        Set<TopicPartition> going = client.heldWithout(share.partitions());
        if (!going.isEmpty()) {
            client.revoke(going);
            rejoin = true;
        }
        client.assign(client.notHeld(share.partitions()));
    }

    @Override
    public Optional<Identity> identity() {
        return state == State.STABLE ? Optional.of(identity) : Optional.empty();
    }

    @Override
    public boolean isCurrent(Identity signature) {
        return signature.equals(identity);
    }

    @Override
    public boolean isJoining() {
        return state == State.JOINING;
    }

    @Override
    public boolean disowned(Identity refused) {
        if (!isCurrent(refused)) {
            return false;
        }
        forget();
        return true;
    }

    /** A static member does not say that it goes, so that its successor finds all as it was. */
    @Override
    public void leave() {
        Set<TopicPartition> held = client.holdings().partitions();
        if (!held.isEmpty()) {
            if (identity.generation() == NO_GENERATION) {
                client.lose(held);
            } else {
                client.revoke(held);
            }
        }
        if (client.instance().isPresent()) {
            coordinator.fallSilent(identity.member());
        } else {
            coordinator.remove(identity.member());
        }
        forget();
    }
}
