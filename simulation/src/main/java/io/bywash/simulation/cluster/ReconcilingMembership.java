package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Actor;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnreleasedInstanceIdException;

/**
 * The client's side of {@code group.protocol=consumer}. Heartbeats go out beside the polls, in steps of their own; what they bring is
 * done at the next poll, callbacks included.
 */
final class ReconcilingMembership implements Membership, Actor {
    private static final Duration SOONEST = Duration.ofMillis(20);
    private static final Duration LATEST = Duration.ofMillis(400);

    private final GroupClient client;
    private final ReconcilingCoordinator coordinator;
    private State state = State.NEW;
    private Identity identity;
    private Set<String> topics = Set.of();
    private Set<TopicPartition> told = Set.of();
    private boolean reconciling;
    private boolean reconciled;
    private long due;

    private enum State {
        /** Has not polled yet. */
        NEW,
        /** Is no member and wants to be one. */
        OUTSIDE,
        MEMBER,
        /** Was thrown out, and the application does not know yet. */
        FENCED,
        /** Another has its {@code group.instance.id}. */
        UNRELEASED,
        LEFT
    }

    ReconcilingMembership(GroupClient client, ReconcilingCoordinator coordinator) {
        this.client = client;
        this.coordinator = coordinator;
        this.identity = new Identity("", client.instance(), 0);
        client.cluster().stage().scheduler().add(this);
    }

    @Override
    public String name() {
        return client.name() + "-heartbeats";
    }

    @Override
    public long due() {
        boolean beats = state == State.OUTSIDE || state == State.MEMBER;
        return beats && client.cluster().isServed(client.holdings()) ? due : NEVER;
    }

    @Override
    public void step() {
        if (state == State.OUTSIDE) {
            join();
        }
        if (state == State.MEMBER) {
            beat();
        }
        due = client.cluster().stage().clock().now() + client.cluster().chance().between(SOONEST, LATEST);
    }

    private void join() {
        identity = new Identity(client.cluster().newMember(client.name()), client.instance(), 0);
        state = coordinator.join(identity, topics) ? State.MEMBER : State.UNRELEASED;
        told = Set.of();
        reconciled = false;
    }

    private void beat() {
        boolean settled = reconciled && !reconciling;
        Optional<Set<TopicPartition>> held =
                settled ? Optional.of(client.holdings().partitions()) : Optional.empty();
        Optional<ReconcilingCoordinator.Assignment> assignment = coordinator.hear(identity.member(), topics, held);
        if (assignment.isEmpty()) {
            state = State.FENCED;
            return;
        }
        identity = new Identity(
                identity.member(), client.instance(), assignment.get().epoch());
        if (!assignment.get().partitions().equals(told)) {
            told = assignment.get().partitions();
            reconciled = false;
        }
    }

    @Override
    public void subscribe(Set<String> wanted) {
        topics = wanted;
    }

    @Override
    public void poll() {
        switch (state) {
            case NEW -> state = State.OUTSIDE;
            case FENCED -> {
                loseAll();
                state = State.OUTSIDE;
            }
            case UNRELEASED ->
                throw new UnreleasedInstanceIdException("another member has the group.instance.id of " + client.name());
            case MEMBER -> reconcile();
            case OUTSIDE, LEFT -> {}
        }
    }

    private void loseAll() {
        Set<TopicPartition> held = client.holdings().partitions();
        if (!held.isEmpty()) {
            client.lose(held);
        }
    }

    /** Gives up first; if that took so long that the member was thrown out, or is told something else, what comes is not its own. */
    private void reconcile() {
        if (reconciled) {
            return;
        }
        reconciling = true;
        Set<TopicPartition> goal = told;
        Set<TopicPartition> going = client.heldWithout(goal);
        if (!going.isEmpty()) {
            client.revoke(going);
        }
        if (state == State.MEMBER && goal.equals(told)) {
            reconciled = true;
            client.assign(client.notHeld(goal));
        }
        reconciling = false;
        due = 0;
    }

    @Override
    public Optional<Identity> identity() {
        return state == State.MEMBER ? Optional.of(identity) : Optional.empty();
    }

    @Override
    public boolean isCurrent(Identity signature) {
        return signature.equals(identity);
    }

    @Override
    public boolean isJoining() {
        return false;
    }

    /** Only a heartbeat tells that the client is no member any more. */
    @Override
    public boolean disowned(Identity refused) {
        return true;
    }

    @Override
    public void leave() {
        Set<TopicPartition> held = client.holdings().partitions();
        if (!held.isEmpty()) {
            if (state == State.MEMBER) {
                client.revoke(held);
            } else {
                client.lose(held);
            }
        }
        client.cluster().stage().scheduler().remove(this);
        if (state == State.MEMBER && client.instance().isPresent()) {
            coordinator.leave(identity.member());
        } else if (state == State.MEMBER) {
            coordinator.remove(identity.member());
        }
        state = State.LEFT;
    }
}
