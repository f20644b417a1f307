package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * The coordinator of one group of the classic protocol: members join, a generation begins once all have, and commits count for
 * members of the current generation only.
 *
 * <p>Partitions that a member claims to hold are not given to another before it has let go, which is what cooperative members need
 * and makes no difference to eager ones, since those claim nothing.
 *
 * <p>A static member keeps its place until its session ends: a generation begins without waiting for it for longer than for others,
 * and with it; and whoever comes with its {@code group.instance.id} takes over what it has without a rebalance.
 */
final class ClassicCoordinator implements Coordinator {
    /** The default of {@code max.poll.interval.ms} would outlast a run. */
    static final Duration REBALANCE_TIMEOUT = Duration.ofSeconds(30);

    private final Stage stage;
    private final Dealer dealer;
    private final Silence silence;
    private final Instances instances = new Instances();
    private final Map<String, Set<String>> subscriptions = new LinkedHashMap<>();
    private final Map<String, Set<TopicPartition>> claims = new LinkedHashMap<>();
    private final Map<String, Set<TopicPartition>> shares = new LinkedHashMap<>();
    private final Set<String> joined = new LinkedHashSet<>();
    private Map<TopicPartition, String> targets = Map.of();
    private String leader = "";
    private Phase phase = Phase.EMPTY;
    private int generation;
    private long joinDeadline;

    private enum Phase {
        EMPTY,
        JOINING,
        SYNCING,
        STABLE
    }

    /**
     * What a member of a generation has to do.
     *
     * @param generation the number of the generation
     * @param partitions its share
     */
    record Share(int generation, Set<TopicPartition> partitions) {}

    ClassicCoordinator(Dealer dealer, Stage stage) {
        this.dealer = dealer;
        this.stage = stage;
        this.silence = new Silence(stage);
    }

    @Override
    public Membership membership(GroupClient client, AssignmentProtocol protocol) {
        return new ClassicMembership(client, this, protocol);
    }

    /**
     * Takes a member into the next generation, or into this one if it takes the place of a static member.
     *
     * @param identity the member
     * @param topics what it subscribes to
     * @param claimed what it holds and will not give up unless it is told to
     */
    void join(Identity identity, Set<String> topics, Set<TopicPartition> claimed) {
        String member = identity.member();
        Optional<String> predecessor = instances.holder(identity.instance()).filter(holder -> !holder.equals(member));
        instances.take(identity.instance(), member);
        predecessor.ifPresent(before -> replace(before, member));
        boolean known = topics.equals(subscriptions.put(member, topics));
        claims.put(member, claimed);
        if (!known) {
            targets = Map.of();
        } else if (predecessor.isPresent() && phase == Phase.STABLE && isAllShared()) {
            return;
        }
        if (phase != Phase.JOINING) {
            beginJoining();
        }
        joined.add(member);
        completeIfAllJoined();
    }

    /** Tells whether nothing waits for somebody who is not here any more to let it go. */
    private boolean isAllShared() {
        return targets.entrySet().stream()
                .allMatch(target ->
                        shares.getOrDefault(target.getValue(), Set.of()).contains(target.getKey()));
    }

    private void replace(String before, String after) {
        note(after + " takes the place of " + before);
        silence.forget(before);
        claims.remove(before);
        joined.remove(before);
        leader = leader.equals(before) ? after : leader;
        Set<String> topics = subscriptions.remove(before);
        if (topics != null) {
            subscriptions.put(after, topics);
        }
        Set<TopicPartition> share = shares.remove(before);
        if (share != null) {
            shares.put(after, share);
        }
        Map<TopicPartition, String> renamed = new LinkedHashMap<>(targets);
        renamed.replaceAll((partition, member) -> member.equals(before) ? after : member);
        targets = renamed;
    }

    private void beginJoining() {
        phase = Phase.JOINING;
        joined.clear();
        joinDeadline = stage.clock().now() + REBALANCE_TIMEOUT.toNanos();
        note("the group rebalances");
    }

    private void completeIfAllJoined() {
        if (phase == Phase.JOINING && joined.containsAll(claims.keySet()) && !joined.isEmpty()) {
            beginGeneration();
        }
    }

    private void beginGeneration() {
        generation++;
        phase = Phase.SYNCING;
        if (!joined.contains(leader)) {
            leader = joined.iterator().next();
        }
        if (targets.isEmpty()) {
            targets = dealer.deal(subscriptions);
        }
        shares.clear();
        claims.keySet().forEach(member -> shares.put(member, share(member)));
        note("generation " + generation + " led by " + leader + " " + shares);
    }

    private Set<TopicPartition> share(String member) {
        Set<TopicPartition> share = new TreeSet<>(SimCluster.ORDER);
        targets.forEach((partition, target) -> {
            if (target.equals(member) && isFreeFor(partition, member)) {
                share.add(partition);
            }
        });
        return share;
    }

    private boolean isFreeFor(TopicPartition partition, String member) {
        return claims.entrySet().stream()
                .noneMatch(claim ->
                        !claim.getKey().equals(member) && claim.getValue().contains(partition));
    }

    /**
     * Returns the share of a member that has joined, once its generation has begun and the leader has asked for its own, since it is the
     * leader that brings the shares of all.
     */
    Optional<Share> sync(String member) {
        if (phase == Phase.SYNCING && member.equals(leader)) {
            phase = Phase.STABLE;
        }
        return phase == Phase.STABLE
                ? Optional.ofNullable(shares.get(member)).map(partitions -> new Share(generation, partitions))
                : Optional.empty();
    }

    /** Tells whether a member need not join again to be in the next generation, or is in this one. */
    boolean hasJoined(String member) {
        return phase != Phase.JOINING || joined.contains(member);
    }

    boolean isMember(String member) {
        return claims.containsKey(member);
    }

    /** Tells whether another has taken the place of a member. */
    boolean isFenced(Identity identity) {
        return instances.isFenced(identity);
    }

    /** Tells a member of a generation whether it should join again. */
    boolean isRebalancing(int memberGeneration) {
        return phase == Phase.JOINING || memberGeneration != generation;
    }

    /**
     * Takes the commits of a generation until the next one has begun, whoever has its share by then. A broker takes none between the
     * beginning of a generation and its shares; nobody sends one, since without a share there is nothing to sign with.
     */
    @Override
    public CommitReply check(Identity identity) {
        if (isFenced(identity)) {
            return CommitReply.FENCED;
        }
        boolean isCurrent = isMember(identity.member()) && identity.generation() == generation;
        return isCurrent ? CommitReply.APPLIED : CommitReply.UNKNOWN;
    }

    @Override
    public void remove(String member) {
        silence.forget(member);
        instances.forget(member);
        subscriptions.remove(member);
        if (claims.remove(member) == null) {
            return;
        }
        joined.remove(member);
        targets = Map.of();
        if (claims.isEmpty()) {
            phase = Phase.EMPTY;
        } else if (phase != Phase.JOINING) {
            beginJoining();
        } else {
            completeIfAllJoined();
        }
    }

    @Override
    public void fallSilent(String member) {
        if (isMember(member)) {
            silence.begin(member);
        }
    }

    @Override
    public void shuffle() {
        if (phase == Phase.STABLE) {
            targets = Map.of();
            beginJoining();
        }
    }

    @Override
    public List<String> members() {
        return new ArrayList<>(claims.keySet());
    }

    @Override
    public long due() {
        return Math.min(silence.due(), phase == Phase.JOINING ? joinDeadline : NEVER);
    }

    @Override
    public void step() {
        silence.over().forEach(member -> {
            note("the session of " + member + " is over");
            remove(member);
        });
        if (phase == Phase.JOINING && joinDeadline <= stage.clock().now()) {
            goOn();
        }
    }

    /** Goes on without the members that did not join in time, apart from static ones, of which one at least has to be there. */
    private void goOn() {
        for (String member : members()) {
            if (!joined.contains(member) && !instances.isStatic(member)) {
                note(member + " did not join in time");
                remove(member);
            }
        }
        if (phase == Phase.JOINING && !joined.isEmpty()) {
            beginGeneration();
        } else if (phase == Phase.JOINING) {
            joinDeadline = stage.clock().now() + REBALANCE_TIMEOUT.toNanos();
        }
    }

    private void note(String what) {
        stage.trace().note(name(), what);
    }
}
