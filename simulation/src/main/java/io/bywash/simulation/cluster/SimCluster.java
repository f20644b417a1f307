package io.bywash.simulation.cluster;

import io.bywash.core.session.TopicId;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Topics, a group that reads them, and the topics that clients create. */
public final class SimCluster {
    /** The largest value that it takes from a producer, in bytes. */
    public static final int LARGEST_VALUE = 1_000;

    /** By which its clients know it from others. */
    static final String ID = "simulated";

    static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private static final Duration QUICK = Duration.ofMillis(20);
    private static final Node BROKER = new Node(0, "simulated", 9092);

    private final Stage stage;
    private final Topics topics;
    private final ClusterObserver observer;
    private final Coordinator coordinator;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new TreeMap<>(ORDER);
    private final Map<String, Integer> partitionCounts = new HashMap<>();
    private final Map<String, Integer> recreations = new HashMap<>();
    private final Map<Holdings, String> clients = new IdentityHashMap<>();
    private final Map<String, List<Object>> connections = new HashMap<>();
    private Faults faults;
    private int members;

    /**
     * Creates a cluster.
     *
     * @param stage where it runs
     * @param topics the topics that exist
     * @param protocol how the partitions of the group come to its members
     * @param faults how it lets its clients down until it is {@linkplain #heal healed}
     * @param observer is told what happens
     */
    public SimCluster(
            Stage stage, Topics topics, AssignmentProtocol protocol, Faults faults, ClusterObserver observer) {
        this.stage = stage;
        this.topics = topics;
        this.faults = faults;
        this.observer = observer;
        Dealer dealer = new Dealer(topics.partitions(), stage.chance());
        this.coordinator = protocol == AssignmentProtocol.CONSUMER
                ? new ReconcilingCoordinator(dealer, stage)
                : new ClassicCoordinator(dealer, stage);
        stage.scheduler().add(coordinator);
    }

    /** Lets nobody down any more. */
    public void heal() {
        faults = Faults.NONE;
    }

    /** Makes the coordinator share the partitions anew. */
    public void rebalance() {
        coordinator.shuffle();
    }

    /** Makes the coordinator believe that one member, if there is any, has been silent for too long. */
    public void expireOne() {
        List<String> members = coordinator.members();
        if (!members.isEmpty()) {
            String member = chance().pick(members);
            stage.trace().note("coordinator", member + " is taken for dead");
            coordinator.remove(member);
        }
    }

    /** Removes what is oldest in one log. */
    public void retain() {
        PartitionLog log = chance().pick(topics.logs());
        if (log.start() < log.end()) {
            long start = log.start() + 1 + chance().below((int) (log.end() - log.start()));
            stage.trace().note(log.partition().toString(), "begins at " + start);
            log.retainFrom(start);
        }
    }

    /** Deletes a topic and makes it anew, without records. What was committed for it goes with it. */
    void recreate(String topic) {
        stage.trace().note(topic, "is made anew");
        recreations.merge(topic, 1, Integer::sum);
        topics.logs().stream()
                .filter(log -> log.partition().topic().equals(topic))
                .forEach(PartitionLog::beginAnew);
        offsets.keySet().removeIf(partition -> partition.topic().equals(topic));
    }

    /** Forgets a client that is no more. Its group learns so only when its session ends. */
    public void crashed(String client) {
        clients.values().removeIf(client::equals);
        coordinator.members().stream()
                .filter(member -> member.startsWith(client + "/"))
                .forEach(coordinator::fallSilent);
    }

    /** A process opens a connection that it has to close before it ends. */
    void opened(String client, Object connection) {
        connections.computeIfAbsent(client, first -> new ArrayList<>()).add(connection);
    }

    void closed(String client, Object connection) {
        Objects.requireNonNull(connections.get(client)).remove(connection);
    }

    /** Returns what a process has opened and not closed. */
    public List<String> open(String client) {
        return connections.getOrDefault(client, List.of()).stream()
                .map(connection -> connection.getClass().getSimpleName())
                .toList();
    }

    /** Takes note of what a client holds. */
    void serve(String client, Holdings holdings) {
        clients.put(holdings, client);
    }

    /** Tells whether the client that holds something is still there. */
    boolean isServed(Holdings holdings) {
        return clients.containsKey(holdings);
    }

    /** Makes up an id for a member that a client is about to become. */
    String newMember(String client) {
        members++;
        return client + "/" + members;
    }

    /**
     * Loses the end of a log, unless somebody reads it: whoever does would have to wait for an operator. What is committed stays.
     */
    void mayLoseEnd(TopicPartition partition) {
        boolean read =
                clients.keySet().stream().anyMatch(held -> held.partitions().contains(partition));
        if (read || !chance().happens(faults.endLost())) {
            return;
        }
        PartitionLog log = topics.log(partition);
        long least = Math.max(
                log.start(), committed(partition).map(OffsetAndMetadata::offset).orElse(0L));
        if (least < log.end()) {
            loseEnd(partition, least + chance().below((int) (log.end() - least)));
        }
    }

    /** Loses the end of a log, whoever reads it: its new leader has less than the one before. */
    void loseEnd(TopicPartition partition, long end) {
        stage.trace().note(partition.toString(), "loses its log from " + end + " on");
        topics.log(partition).truncate(end);
        observer.truncated(partition, end);
    }

    /** Returns what the group has committed for a partition. */
    public Optional<OffsetAndMetadata> committed(TopicPartition partition) {
        return Optional.ofNullable(offsets.get(partition));
    }

    /** Stores offsets if whoever signed them may commit. */
    CommitReply commit(Identity identity, Map<TopicPartition, OffsetAndMetadata> commit) {
        CommitReply reply = coordinator.check(identity);
        if (reply == CommitReply.APPLIED) {
            offsets.putAll(commit);
        }
        return reply;
    }

    Stage stage() {
        return stage;
    }

    Chance chance() {
        return stage.chance();
    }

    Topics topics() {
        return topics;
    }

    Faults faults() {
        return faults;
    }

    ClusterObserver observer() {
        return observer;
    }

    Coordinator coordinator() {
        return coordinator;
    }

    /** Returns which topic it is that has a name. */
    public TopicId idOf(String topic) {
        long before = recreations.getOrDefault(topic, 0);
        return TopicId.of(ID, new Uuid(1, 2L * topic.hashCode() + 1 + (before << Integer.SIZE + 1)));
    }

    /** Creates a topic that nobody reads. */
    void create(String name, int partitions) {
        partitionCounts.putIfAbsent(name, partitions);
    }

    /** Returns how many partitions a topic has; none if it does not exist. */
    int partitionCount(String name) {
        return Math.max(topics.count(name), partitionCounts.getOrDefault(name, 0));
    }

    List<PartitionInfo> describe(String name) {
        Node[] brokers = {BROKER};
        return IntStream.range(0, partitionCount(name))
                .mapToObj(number -> new PartitionInfo(name, number, BROKER, brokers, brokers))
                .toList();
    }

    /** Draws how long a request takes. */
    long latency(double slow) {
        return chance().between(Duration.ZERO, chance().happens(slow) ? faults.slowest() : QUICK);
    }

    static boolean isQuick(long nanos) {
        return nanos <= QUICK.toNanos();
    }
}
