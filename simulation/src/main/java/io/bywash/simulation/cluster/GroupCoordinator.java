package io.bywash.simulation.cluster;

import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.Stage;
import io.bywash.simulation.schedule.Trace;
import io.bywash.simulation.schedule.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The coordinator of one group of the classic protocol: members join, a generation begins once all have, and commits count for
 * members of the current generation only.
 *
 * <p>Partitions that a member claims to hold are not given to another before it has let go, which is what cooperative members need
 * and makes no difference to eager ones, since those claim nothing.
 */
final class GroupCoordinator implements Actor {
    /** The default of {@code max.poll.interval.ms} would outlast a run. */
    static final Duration REBALANCE_TIMEOUT = Duration.ofSeconds(30);

    private final VirtualClock clock;
    private final Chance chance;
    private final Trace trace;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new TreeMap<>(SimCluster.ORDER);
    private final Map<String, Set<TopicPartition>> claims = new LinkedHashMap<>();
    private final Map<TopicPartition, String> targets = new LinkedHashMap<>();
    private final Map<String, Set<TopicPartition>> shares = new LinkedHashMap<>();
    private final Set<String> joined = new LinkedHashSet<>();
    private final Set<String> unaware = new LinkedHashSet<>();
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

    GroupCoordinator(List<TopicPartition> partitions, Stage stage) {
        this.partitions = partitions;
        this.clock = stage.clock();
        this.chance = stage.chance();
        this.trace = stage.trace();
    }

    /** Takes a member into the next generation. */
    void join(String member, Set<TopicPartition> claimed) {
        if (!claims.containsKey(member)) {
            targets.clear();
        }
        claims.put(member, claimed);
        if (phase != Phase.JOINING) {
            beginJoining();
        }
        joined.add(member);
        completeIfAllJoined();
    }

    private void beginJoining() {
        phase = Phase.JOINING;
        joined.clear();
        joinDeadline = clock.now() + REBALANCE_TIMEOUT.toNanos();
        trace.note(name(), "the group rebalances");
    }

    private void completeIfAllJoined() {
        if (phase == Phase.JOINING && joined.containsAll(claims.keySet()) && !joined.isEmpty()) {
            beginGeneration();
        }
    }

    private void beginGeneration() {
        generation++;
        phase = Phase.SYNCING;
        if (targets.isEmpty()) {
            deal();
        }
        shares.clear();
        claims.keySet().forEach(member -> shares.put(member, share(member)));
        unaware.clear();
        unaware.addAll(claims.keySet());
        trace.note(name(), "generation " + generation + " " + shares);
    }

    private void deal() {
        List<String> members = chance.shuffled(claims.keySet());
        List<TopicPartition> deck = chance.shuffled(partitions);
        for (int i = 0; i < deck.size(); i++) {
            targets.put(deck.get(i), members.get(i % members.size()));
        }
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

    /** Returns the share of a member that has joined, once its generation has begun. */
    Optional<Share> sync(String member) {
        boolean begun = phase == Phase.SYNCING || phase == Phase.STABLE;
        if (!begun || !shares.containsKey(member)) {
            return Optional.empty();
        }
        unaware.remove(member);
        if (unaware.isEmpty()) {
            phase = Phase.STABLE;
        }
        return Optional.of(new Share(generation, shares.get(member)));
    }

    /** Tells whether a member need not join again to be in the next generation, or is in this one. */
    boolean hasJoined(String member) {
        return phase != Phase.JOINING || joined.contains(member);
    }

    boolean isMember(String member) {
        return claims.containsKey(member);
    }

    /** Tells a member of a generation whether it should join again. */
    boolean isRebalancing(int memberGeneration) {
        return phase == Phase.JOINING || memberGeneration != generation;
    }

    CommitReply commit(String member, int memberGeneration, Map<TopicPartition, OffsetAndMetadata> commit) {
        if (!isMember(member) || memberGeneration != generation) {
            return CommitReply.FENCED;
        }
        if (phase == Phase.SYNCING) {
            return CommitReply.REBALANCING;
        }
        offsets.putAll(commit);
        return CommitReply.APPLIED;
    }

    Optional<OffsetAndMetadata> committed(TopicPartition partition) {
        return Optional.ofNullable(offsets.get(partition));
    }

    /** Removes a member, whether it said goodbye or was not heard of in time. */
    void remove(String member) {
        if (claims.remove(member) == null) {
            return;
        }
        joined.remove(member);
        unaware.remove(member);
        targets.clear();
        if (claims.isEmpty()) {
            phase = Phase.EMPTY;
        } else if (phase != Phase.JOINING) {
            beginJoining();
        } else {
            completeIfAllJoined();
        }
    }

    /** Shares the partitions anew for no reason. */
    void shuffle() {
        if (phase == Phase.STABLE) {
            targets.clear();
            beginJoining();
        }
    }

    /** Returns the members, for someone who wants to remove one. */
    List<String> members() {
        return new ArrayList<>(claims.keySet());
    }

    @Override
    public String name() {
        return "coordinator";
    }

    @Override
    public long due() {
        return phase == Phase.JOINING ? joinDeadline : NEVER;
    }

    /** Goes on without the members that did not join in time. */
    @Override
    public void step() {
        for (String member : members()) {
            if (!joined.contains(member)) {
                trace.note(name(), member + " did not join in time");
                remove(member);
            }
        }
    }
}
