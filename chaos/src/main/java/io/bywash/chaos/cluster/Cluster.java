package io.bywash.chaos.cluster;

import io.bywash.chaos.process.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;

/**
 * A cluster of broker processes on 127.0.0.1: with three of them every topic has three replicas, two of which must have a record
 * before it is acknowledged. One thread at a time.
 */
public final class Cluster implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final int ANSWER_SECONDS = 60;
    private static final String OFFSETS = "__consumer_offsets";

    private final Map<Integer, Node> nodes = new HashMap<>();
    private final Path directory;
    private final String bootstrap;
    private final Admin admin;

    private Cluster(List<NodeLayout> layouts, Path directory) throws IOException {
        this.directory = directory.toAbsolutePath();
        bootstrap = layouts.stream().map(NodeLayout::clientAddress).collect(Collectors.joining(","));
        String id = Uuid.randomUuid().toString();
        try {
            for (NodeLayout layout : layouts) {
                Path data = this.directory.resolve("node-" + layout.id());
                nodes.put(layout.id(), Node.start(layout, layout.properties(layouts, data), id, this.directory));
            }
        } catch (IOException | RuntimeException e) {
            nodes.values().forEach(Node::close);
            throw e;
        }
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "default.api.timeout.ms", "30000"));
    }

    /**
     * Starts a cluster and waits until all its brokers serve.
     *
     * @param brokers how many, 1 or 3
     * @param directory where data and logs go; the caller deletes it
     * @return the cluster
     * @throws IOException if a process does not start
     */
    public static Cluster start(int brokers, Path directory) throws IOException {
        Files.createDirectories(directory);
        Cluster cluster = new Cluster(
                IntStream.rangeClosed(1, brokers).mapToObj(NodeLayout::of).toList(), directory);
        try {
            cluster.awaitAll();
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Waits until every broker is a member of the cluster again. */
    public void awaitAll() {
        Patience.await(
                START,
                () -> answer(admin.describeCluster().nodes()).size() == nodes.size(),
                () -> "a cluster of " + nodes.size() + " brokers; their logs are in " + directory);
    }

    /**
     * Waits until all replicas of a topic and of the committed offsets are in sync, so that the loss of any one broker is bearable.
     *
     * @param topic the topic
     */
    public void awaitInSync(String topic) {
        Patience.await(
                START,
                () -> inSync(topic) && inSync(OFFSETS),
                () -> "all replicas of " + topic + " in sync; the logs of the brokers are in " + directory);
    }

    private boolean inSync(String topic) {
        return partitions(topic).stream()
                .allMatch(one -> one.isr().size() == one.replicas().size());
    }

    private List<TopicPartitionInfo> partitions(String topic) {
        return Objects.requireNonNull(
                        answer(admin.describeTopics(List.of(topic)).allTopicNames())
                                .get(topic))
                .partitions();
    }

    /**
     * Returns where clients connect.
     *
     * @return the value of {@code bootstrap.servers}
     */
    public String bootstrap() {
        return bootstrap;
    }

    /**
     * Returns where clients connect that come through a proxy.
     *
     * @return the value of {@code bootstrap.servers}
     */
    public String proxiedBootstrap() {
        return nodes.values().stream().map(node -> node.layout().proxyAddress()).collect(Collectors.joining(","));
    }

    /**
     * Returns which doors a proxy must open and where each leads.
     *
     * @return by the port of the proxy the address of the broker behind it
     */
    public Map<Integer, InetSocketAddress> doors() {
        return nodes.values().stream()
                .map(Node::layout)
                .collect(Collectors.toMap(
                        NodeLayout::proxy,
                        layout -> new InetSocketAddress(InetAddress.getLoopbackAddress(), layout.behindProxy())));
    }

    /**
     * Returns a client for questions and changes.
     *
     * @return the client, closed with the cluster
     */
    public Admin admin() {
        return admin;
    }

    /**
     * Waits for an answer of {@link #admin}.
     *
     * @param future the answer
     * @return what it says
     * @param <T> its type
     * @throws IllegalStateException if it is a failure or does not come
     */
    public <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the cluster did not do what it was asked: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the cluster was asked", e);
        }
    }

    /**
     * Creates a topic and waits until its replicas are in sync.
     *
     * @param name its name
     * @param partitions how many it has
     * @param settings its settings beside the defaults of the brokers
     * @return its id
     */
    public Uuid createTopic(String name, int partitions, Map<String, String> settings) {
        Uuid id = answer(admin.createTopics(List.of(
                        new NewTopic(name, partitions, (short) Math.min(3, nodes.size())).configs(settings)))
                .topicId(name));
        Patience.await(START, () -> inSync(name), () -> "topic " + name);
        return id;
    }

    /**
     * Changes settings of a topic or a group.
     *
     * @param resource the topic or group
     * @param settings their new values
     */
    public void configure(ConfigResource resource, Map<String, String> settings) {
        List<AlterConfigOp> changes = new ArrayList<>();
        settings.forEach((name, value) ->
                changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        answer(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
    }

    /**
     * Returns who leads a partition.
     *
     * @param partition the partition
     * @return the id of a broker
     */
    public int leader(TopicPartition partition) {
        return partitions(partition.topic()).get(partition.partition()).leader().id();
    }

    /**
     * Returns the partitions of a topic.
     *
     * @param topic the topic
     * @return all of them
     */
    public List<TopicPartition> partitionsOf(String topic) {
        return partitions(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /**
     * Tells whether a group has come to rest, with as many partitions at each member.
     *
     * @param group the group
     * @param members how many members it has
     * @param partitions how many partitions each has
     * @return whether it is so now
     */
    public boolean isAtRest(String group, int members, int partitions) {
        ConsumerGroupDescription now = Objects.requireNonNull(
                answer(admin.describeConsumerGroups(List.of(group)).all()).get(group));
        return GroupRest.of(now, members, partitions);
    }

    /**
     * Returns who coordinates all groups.
     *
     * @return the id of a broker
     */
    public int coordinator() {
        return leader(new TopicPartition(OFFSETS, 0));
    }

    /**
     * Returns who leads the quorum.
     *
     * @return the id of a node
     */
    public int controller() {
        return answer(admin.describeMetadataQuorum().quorumInfo()).leaderId();
    }

    /**
     * SIGKILL.
     *
     * @param id the id of a running broker
     */
    public void kill(int id) {
        node(id).kill();
    }

    /**
     * SIGTERM, and waits until the broker has handed over and ended.
     *
     * @param id the id of a running broker
     */
    public void stop(int id) {
        node(id).stop();
    }

    /**
     * Starts a broker that has ended, with its ports and its data, and waits until the cluster is whole.
     *
     * @param id its id
     * @throws IOException if the process does not start
     */
    public void restart(int id) throws IOException {
        relaunch(id);
        awaitAll();
    }

    /**
     * Starts a broker that has ended and does not wait, since others are away as well.
     *
     * @param id its id
     * @throws IOException if the process does not start
     */
    public void relaunch(int id) throws IOException {
        if (node(id).isAlive()) {
            throw new IllegalStateException("broker " + id + " runs already; end it first");
        }
        node(id).restart();
    }

    /**
     * Waits for exactly these replicas of a partition to be in sync.
     *
     * @param partition the partition
     * @param brokers their ids
     */
    public void awaitInSync(TopicPartition partition, Set<Integer> brokers) {
        Patience.await(
                START,
                () -> partitions(partition.topic()).get(partition.partition()).isr().stream()
                        .map(org.apache.kafka.common.Node::id)
                        .collect(Collectors.toSet())
                        .equals(brokers),
                () -> "of " + partition + " the replicas " + brokers + " in sync");
    }

    /**
     * Returns the end of a partition.
     *
     * @param partition the partition
     * @return the offset of its next record
     */
    public long end(TopicPartition partition) {
        return answer(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).partitionResult(partition))
                .offset();
    }

    private Node node(int id) {
        return Objects.requireNonNull(nodes.get(id), () -> "there is no broker " + id);
    }

    /** Kills all brokers. */
    @Override
    public void close() {
        admin.close(Duration.ZERO);
        nodes.values().forEach(Node::close);
    }
}
