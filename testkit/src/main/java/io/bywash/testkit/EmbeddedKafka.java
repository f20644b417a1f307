package io.bywash.testkit;

import io.bywash.testkit.ClusterRecords.Deserializers;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A Kafka cluster of one or more brokers inside this JVM, on free ports of 127.0.0.1. Real brokers, from the artifacts
 * that run in production, so everything that clients can do works: groups of both protocols, transactions, security,
 * access control. Not for production: it is small, and its data goes when it is closed unless it has a data directory.
 *
 * <pre>{@code
 * try (EmbeddedKafka kafka = EmbeddedKafka.builder().brokers(3).start()) {
 *     kafka.createTopic("orders", 4);
 *     kafka.produce("orders", "key", "value");
 *     kafka.read("orders");
 * }
 * }</pre>
 *
 * <p>The methods here act as a user who may do everything, whatever the listeners ask of clients. Each gives up after
 * the time set with {@link EmbeddedKafkaBuilder#timeout} and throws {@link EmbeddedKafkaException}, as for any other
 * failure. When a method that changes the cluster returns, every running broker knows of the change.
 *
 * <p>Brokers have the ids 1 to n. Any thread may call. Several clusters may run at once. A broker that breaks is
 * logged and stops; Kafka's own hooks for ending the JVM are replaced when the first cluster starts.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final ClusterSettings settings;
    private final Addresses addresses;
    private final DataDirectory data;
    private final Nodes nodes;
    private final ClusterAdmin admin;
    private final ClusterRecords records;

    private EmbeddedKafka(
            ClusterSettings settings,
            Addresses addresses,
            DataDirectory data,
            Nodes nodes,
            Map<String, Object> clientProperties) {
        this.settings = settings;
        this.addresses = addresses;
        this.data = data;
        this.nodes = nodes;
        this.admin = new ClusterAdmin(clientProperties, nodes, settings.timeout());
        this.records = new ClusterRecords(clientProperties, settings.timeout());
    }

    /** Describes a cluster: one broker with one listener for anybody, unless told otherwise. */
    public static EmbeddedKafkaBuilder builder() {
        return new EmbeddedKafkaBuilder();
    }

    static EmbeddedKafka start(ClusterSettings settings) {
        InternalListeners internal = new InternalListeners();
        Addresses addresses = new Addresses(settings);
        DataDirectory data = DataDirectory.of(settings.dataDirectory());
        Nodes nodes = new Nodes(settings, data, new NodeProperties(settings, addresses, internal));
        try {
            data.format(settings.brokers());
            nodes.startAll();
            Map<String, Object> client = internal.clientProperties(addresses.internalBootstrap());
            return new EmbeddedKafka(settings, addresses, data, nodes, client);
        } catch (RuntimeException e) {
            try (data;
                    nodes) {
                throw e;
            }
        }
    }

    /** The value of {@code bootstrap.servers} for the first listener. */
    public String bootstrapServers() {
        return addresses.bootstrap(settings.listeners().get(0));
    }

    /**
     * The value of {@code bootstrap.servers} for one of several listeners.
     *
     * @param listener its name, as given to the builder
     * @throws IllegalArgumentException if there is no such listener
     */
    public String bootstrapServers(String listener) {
        return settings.listeners().stream()
                .filter(one -> one.name().equals(listener))
                .findFirst()
                .map(addresses::bootstrap)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no listener " + listener + "; this cluster has " + settings.listeners() + "."));
    }

    /** The ids of all brokers, stopped ones included. */
    public List<Integer> brokers() {
        return IntStream.rangeClosed(1, settings.brokers()).boxed().toList();
    }

    /** Kafka's own client for everything that has no method here. Closed with the cluster, not by the caller. */
    public Admin admin() {
        return admin.kafkaAdmin();
    }

    /**
     * Creates a topic on as many brokers as there are, three at most, and waits for its leaders.
     *
     * @param name a name not yet taken
     * @param partitions 1 or more
     */
    public void createTopic(String name, int partitions) {
        createTopic(new NewTopic(name, partitions, (short) Math.min(3, settings.brokers())));
    }

    /** Creates a topic with settings or replicas of its own, and waits for its leaders. */
    public void createTopic(NewTopic topic) {
        admin.create(topic);
    }

    /**
     * Creates a topic that no other test uses.
     *
     * @param prefix what its name begins with
     * @param partitions 1 or more
     * @return its name
     */
    public String createUniqueTopic(String prefix, int partitions) {
        String name = UniqueName.of(prefix);
        createTopic(name, partitions);
        return name;
    }

    /**
     * Adds a user of both SCRAM mechanisms, or gives one a new password.
     *
     * @param user who is then {@code User:} and this name
     */
    public void addScramUser(String user, String password) {
        admin.addScramUser(user, password);
    }

    /**
     * Grants or denies something.
     *
     * @throws EmbeddedKafkaException if access control is off, see {@link EmbeddedKafkaBuilder#accessControl}
     */
    public void addAcls(AclBinding... acls) {
        admin.addAcls(List.of(acls));
    }

    /**
     * Writes one record of strings and waits until it is acknowledged by all replicas in sync.
     *
     * @param key may be null, as may {@code value}
     */
    public RecordMetadata produce(String topic, String key, String value) {
        StringSerializer strings = new StringSerializer();
        return produce(List.of(new ProducerRecord<>(topic, key, value)), strings, strings)
                .get(0);
    }

    /**
     * Writes records and waits until all are acknowledged. They reach each partition in the order given.
     *
     * @return where each is, in the order given
     */
    public <K, V> List<RecordMetadata> produce(
            Collection<ProducerRecord<K, V>> some, Serializer<K> keys, Serializer<V> values) {
        return records.produce(some, keys, values);
    }

    /** All records of a topic as bytes, like {@link #read(String, Deserializer, Deserializer)}. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return read(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * All records of a topic from the beginning to the end that it has when asked, in order within each partition.
     * Records of open and aborted transactions are left out.
     */
    public <K, V> List<ConsumerRecord<K, V>> read(String topic, Deserializer<K> keys, Deserializer<V> values) {
        return records.read(admin.partitions(topic), new Deserializers<>(keys, values));
    }

    /** Like {@link #awaitRecords(String, int, Deserializer, Deserializer)}, as bytes. */
    public List<ConsumerRecord<byte[], byte[]>> awaitRecords(String topic, int count) {
        return awaitRecords(topic, count, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads a topic from the beginning until it has given {@code count} records or more; waits for those not yet
     * written. Records of open and aborted transactions do not count.
     */
    public <K, V> List<ConsumerRecord<K, V>> awaitRecords(
            String topic, int count, Deserializer<K> keys, Deserializer<V> values) {
        return records.await(admin.partitions(topic), count, new Deserializers<>(keys, values));
    }

    /** For each partition of a topic the offset that its next record gets. */
    public Map<TopicPartition, Long> endOffsets(String topic) {
        return admin.endOffsets(topic);
    }

    /** What a consumer group has committed; empty if it has committed nothing or does not exist. */
    public Map<TopicPartition, OffsetAndMetadata> committedOffsets(String group) {
        return admin.committed(group);
    }

    /** The id of the broker that leads a partition, waiting for there to be one. */
    public int leader(TopicPartition partition) {
        awaitLeaders(partition.topic());
        return admin.describe(partition.topic())
                .partitions()
                .get(partition.partition())
                .leader()
                .id();
    }

    /** Waits until every partition of a topic has a leader. */
    public void awaitLeaders(String topic) {
        admin.awaitLeaders(topic);
    }

    /** Waits until every replica of a topic is in sync, as it should be before a broker is stopped on purpose. */
    public void awaitInSync(String topic) {
        admin.awaitInSync(topic);
    }

    /**
     * Stops a broker as an operator would: it hands its leaderships over first. All may be stopped: the cluster's
     * controller runs until the cluster is closed.
     *
     * @param id 1 to n, running
     */
    public void stopBroker(int id) {
        nodes.stop(id);
    }

    /**
     * Starts a stopped broker again, with its ports and its data. Takes as long as the controller remembers the broker's
     * last heartbeat, three seconds unless {@code broker.session.timeout.ms} says otherwise.
     *
     * @param id 1 to n, stopped
     */
    public void startBroker(int id) {
        nodes.start(id);
    }

    /** Stops a running broker and starts it again. */
    public void restartBroker(int id) {
        stopBroker(id);
        startBroker(id);
    }

    /**
     * Stops all brokers and deletes their data, unless it lies in a directory given to the builder. An interrupt of the
     * calling thread does not hinder it and is still there afterwards.
     */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try (data;
                nodes;
                admin) {
            records.close();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
