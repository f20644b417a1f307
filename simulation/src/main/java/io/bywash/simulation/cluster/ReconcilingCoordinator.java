package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * The coordinator of one group whose members it assigns itself ({@code group.protocol=consumer}). Each heartbeat brings one member
 * nearer to what it is to have: first it gives up what goes elsewhere, then it is brought to the next epoch and gets what is free.
 * Nobody waits for anybody else, and commits count for the epoch that a member has been brought to.
 *
 * <p>Newer brokers take a commit of an earlier epoch for a partition that the member has had since; this one takes none, as older ones
 * do.
 */
final class ReconcilingCoordinator implements Coordinator {
    private final Stage stage;
    private final Dealer dealer;
    private final Silence silence;
    private final Instances instances = new Instances();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private Map<TopicPartition, String> targets = Map.of();
    private int epoch;

    /** What one member has, and what it is to let go of before it gets anything else. */
    private static final class Place {
        private final Set<TopicPartition> assigned = new TreeSet<>(SimCluster.ORDER);
        private final Set<TopicPartition> revoking = new TreeSet<>(SimCluster.ORDER);
        private Set<String> topics;
        private int epoch;
        private boolean left;

        Place(Set<String> topics) {
            this.topics = topics;
        }

        /** A member that has let go is in another epoch at once, whatever is next, so that what it sent before is refused. */
        void letGoOfAllBut(Set<TopicPartition> held) {
            revoking.retainAll(held);
            if (revoking.isEmpty()) {
                epoch++;
            }
        }

        boolean keeps(TopicPartition partition) {
            return assigned.contains(partition) || revoking.contains(partition);
        }
    }

    /**
     * What a member is told.
     *
     * @param epoch the epoch that it has been brought to
     * @param partitions what it is to have
     */
    record Assignment(int epoch, Set<TopicPartition> partitions) {}

    ReconcilingCoordinator(Dealer dealer, Stage stage) {
        this.dealer = dealer;
        this.stage = stage;
        this.silence = new Silence(stage);
    }

    @Override
    public Membership membership(GroupClient client, AssignmentProtocol protocol) {
        return new ReconcilingMembership(client, this);
    }

    /**
     * Takes a member in, with the topics that it subscribes to.
     *
     * @return false if another keeps the place that its {@code group.instance.id} stands for
     */
    boolean join(Identity identity, Set<String> topics) {
        Optional<String> holder = instances.holder(identity.instance());
        if (holder.isEmpty()) {
            places.put(identity.member(), new Place(topics));
            instances.take(identity.instance(), identity.member());
            rebalance();
            return true;
        }
        Place place = places.get(holder.get());
        if (place == null || !place.left) {
            return false;
        }
        note(identity.member() + " takes the place of " + holder.get());
        place.left = false;
        place.epoch = 0;
        places.remove(holder.get());
        places.put(identity.member(), place);
        silence.forget(holder.get());
        instances.take(identity.instance(), identity.member());
        Map<TopicPartition, String> renamed = new LinkedHashMap<>(targets);
        renamed.replaceAll((partition, member) -> member.equals(holder.get()) ? identity.member() : member);
        targets = renamed;
        return true;
    }

    private void rebalance() {
        epoch++;
        Map<String, Set<String>> subscriptions = new LinkedHashMap<>();
        places.forEach((member, place) -> subscriptions.put(member, place.topics));
        targets = dealer.deal(subscriptions);
        note("epoch " + epoch + " " + targets);
    }

    /**
     * Hears a member and brings it as far as can be.
     *
     * @param topics what it subscribes to
     * @param held what it holds; nothing if it has not yet done what it was told
     * @return what it is told; nothing if it is no member
     */
    Optional<Assignment> hear(String member, Set<String> topics, Optional<Set<TopicPartition>> held) {
        Place place = places.get(member);
        if (place == null) {
            return Optional.empty();
        }
        if (!topics.equals(place.topics)) {
            place.topics = topics;
            rebalance();
        }
        if (!place.revoking.isEmpty() && held.isPresent()) {
            place.letGoOfAllBut(held.get());
        }
        if (place.revoking.isEmpty()) {
            advance(member, place, held);
        }
        Set<TopicPartition> assigned = new TreeSet<>(SimCluster.ORDER);
        assigned.addAll(place.assigned);
        return Optional.of(new Assignment(place.epoch, assigned));
    }

    private void advance(String member, Place place, Optional<Set<TopicPartition>> held) {
        for (TopicPartition partition : List.copyOf(place.assigned)) {
            if (!member.equals(targets.get(partition))) {
                place.assigned.remove(partition);
                place.revoking.add(partition);
            }
        }
        held.ifPresent(place.revoking::retainAll);
        if (!place.revoking.isEmpty()) {
            return;
        }
        place.epoch = epoch;
        targets.forEach((partition, target) -> {
            if (target.equals(member) && places.values().stream().noneMatch(other -> other.keeps(partition))) {
                place.assigned.add(partition);
            }
        });
    }

    @Override
    public CommitReply check(Identity identity) {
        Place place = places.get(identity.member());
        if (place == null) {
            return CommitReply.UNKNOWN;
        }
        return place.epoch == identity.generation() ? CommitReply.APPLIED : CommitReply.STALE;
    }

    @Override
    public List<String> members() {
        return new ArrayList<>(places.keySet());
    }

    @Override
    public void remove(String member) {
        silence.forget(member);
        instances.forget(member);
        if (places.remove(member) != null) {
            rebalance();
        }
    }

    @Override
    public void fallSilent(String member) {
        if (places.containsKey(member)) {
            silence.begin(member);
        }
    }

    /** A static member goes, and its place is kept for whoever comes with its instance id. */
    void leave(String member) {
        Optional.ofNullable(places.get(member)).ifPresent(place -> {
            place.left = true;
            place.revoking.clear();
            silence.begin(member);
        });
    }

    @Override
    public void shuffle() {
        if (!places.isEmpty()) {
            rebalance();
        }
    }

    @Override
    public long due() {
        return silence.due();
    }

    @Override
    public void step() {
        silence.over().forEach(member -> {
            note("the session of " + member + " is over");
            remove(member);
        });
    }

    private void note(String what) {
        stage.trace().note(name(), what);
    }
}
