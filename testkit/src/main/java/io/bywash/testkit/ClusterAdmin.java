package io.bywash.testkit;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Changes and questions about the cluster, as the user who may do everything. Any thread. */
final class ClusterAdmin implements AutoCloseable {

    /** The fewest that Kafka takes. */
    private static final int SCRAM_ITERATIONS = 4096;

    private final Admin admin;
    private final Nodes nodes;
    private final Duration timeout;

    /** {@code properties} suit any client of the cluster. */
    ClusterAdmin(Map<String, Object> properties, Nodes nodes, Duration timeout) {
        Map<String, Object> forAdmin = new HashMap<>(properties);
        forAdmin.put("default.api.timeout.ms", Math.toIntExact(timeout.toMillis()));
        forAdmin.put("request.timeout.ms", Math.toIntExact(timeout.toMillis()));
        this.admin = Admin.create(forAdmin);
        this.nodes = nodes;
        this.timeout = timeout;
    }

    Admin kafkaAdmin() {
        return admin;
    }

    void create(NewTopic topic) {
        change(admin.createTopics(List.of(topic)).all(), "Creating topic '" + topic.name() + "'");
        awaitPartitions(topic.name(), ClusterAdmin::hasLeader, "a leader");
    }

    /** Waits for {@code change} and then until every running broker knows of it. */
    private void change(KafkaFuture<Void> change, String what) {
        Deadline deadline = Deadline.after(timeout);
        deadline.get(change, what);
        deadline.await(nodes::agree, () -> what + " has not reached every broker");
    }

    void addScramUser(String user, String password) {
        for (ScramMechanism mechanism : List.of(ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512)) {
            ScramCredentialInfo info = new ScramCredentialInfo(mechanism, SCRAM_ITERATIONS);
            // One request for each: Kafka takes a second mechanism of the same user for a repetition.
            change(
                    admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, info, password)))
                            .all(),
                    "Adding SCRAM user '" + user + "'");
        }
    }

    void addAcls(Collection<AclBinding> acls) {
        change(admin.createAcls(acls).all(), "Adding access control entries " + acls);
    }

    TopicDescription describe(String topic) {
        try {
            return Objects.requireNonNull(Deadline.after(timeout)
                    .get(admin.describeTopics(List.of(topic)).allTopicNames(), "Describing topic '" + topic + "'")
                    .get(topic));
        } catch (EmbeddedKafkaException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new EmbeddedKafkaException("Topic '" + topic + "' does not exist. Create it first.", e);
            }
            throw e;
        }
    }

    List<TopicPartition> partitions(String topic) {
        return describe(topic).partitions().stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    void awaitLeaders(String topic) {
        awaitPartitions(topic, ClusterAdmin::hasLeader, "a leader");
    }

    void awaitInSync(String topic) {
        awaitPartitions(topic, info -> info.isr().size() == info.replicas().size(), "all its replicas in sync");
    }

    private void awaitPartitions(String topic, Predicate<TopicPartitionInfo> state, String what) {
        Deadline.after(timeout)
                .await(
                        () -> describe(topic).partitions().stream().allMatch(state),
                        () -> "Topic '" + topic + "' has a partition without " + what);
    }

    private static boolean hasLeader(TopicPartitionInfo info) {
        return info.leader() != null && !info.leader().isEmpty();
    }

    Map<TopicPartition, Long> endOffsets(String topic) {
        Collection<TopicPartition> partitions = partitions(topic);
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> offsets = Deadline.after(timeout)
                .get(admin.listOffsets(latest).all(), "Asking for the end offsets of topic '" + topic + "'");
        return offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        return Deadline.after(timeout)
                .get(
                        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(),
                        "Asking for the committed offsets of group '" + group + "'");
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
