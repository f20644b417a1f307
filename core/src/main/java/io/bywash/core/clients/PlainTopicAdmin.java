package io.bywash.core.clients;

import io.bywash.core.session.TopicId;
import io.bywash.core.settings.LetterRetention;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link TopicAdmin} over Kafka's admin client. */
final class PlainTopicAdmin implements TopicAdmin {
    private static final Logger LOG = LoggerFactory.getLogger(PlainTopicAdmin.class);

    private final Admin admin;

    PlainTopicAdmin(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Map<String, Topic> topics(Collection<String> topics, Duration timeout) {
        Map<String, KafkaFuture<TopicDescription>> asked =
                admin.describeTopics(topics).topicNameValues();
        // Each time, since the client may find another cluster where the first has gone.
        Optional<String> cluster =
                Answers.await(admin.describeCluster().clusterId(), timeout, UnsupportedVersionException.class);
        Map<String, Topic> found = new HashMap<>();
        asked.forEach((topic, future) -> Answers.await(future, timeout, UnknownTopicOrPartitionException.class)
                .ifPresent(description -> found.put(
                        topic, new Topic(description.partitions().size(), id(cluster, description.topicId())))));
        return found;
    }

    private static Optional<TopicId> id(Optional<String> cluster, Uuid topic) {
        return cluster.filter(known -> !topic.equals(Uuid.ZERO_UUID)).map(known -> TopicId.of(known, topic));
    }

    @Override
    public void create(LetterTopic wanted, Duration timeout) {
        List<Long> kept =
                wanted.retention() instanceof LetterRetention.AtLeast ? retentions(wanted, timeout) : List.of();
        try {
            create(wanted, LetterTopicConfig.of(wanted.retention(), kept), timeout);
        } catch (PolicyViolationException | InvalidConfigurationException e) {
            if (!(wanted.retention() instanceof LetterRetention.AtLeast)) {
                throw e;
            }
            LOG.warn(
                    "dead-letter topic {} is created to keep letters for as long as brokers do unless told, since they refuse it otherwise"
                            + " ({}); set dead-letter-retention = as-brokers, or to what they allow",
                    wanted.name(),
                    e.getMessage());
            create(wanted, LetterTopicConfig.of(new LetterRetention.AsBrokers(), List.of()), timeout);
        }
    }

    private void create(LetterTopic wanted, Map<String, String> config, Duration timeout) {
        NewTopic topic =
                new NewTopic(wanted.name(), Optional.of(wanted.partitions()), Optional.empty()).configs(config);
        Answers.await(admin.createTopics(List.of(topic)).all(), timeout, TopicExistsException.class);
    }

    private List<Long> retentions(LetterTopic wanted, Duration timeout) {
        try {
            return new RecordRetention(admin, timeout).of(wanted.source());
        } catch (AuthorizationException e) {
            LOG.info(
                    "dead-letter topic {} is created to keep letters for as long as brokers do unless told, since this user may not know"
                            + " how long that is; allow DESCRIBE_CONFIGS on topic {}, and on the cluster if the topic has a retention.ms"
                            + " of its own, or set dead-letter-retention = forever",
                    wanted.name(),
                    wanted.source());
            return List.of();
        }
    }

    @Override
    public boolean mayWrite(String topic, Duration timeout) {
        DescribeTopicsOptions withRights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        return Answers.await(
                        Objects.requireNonNull(admin.describeTopics(List.of(topic), withRights)
                                .topicNameValues()
                                .get(topic)),
                        timeout,
                        UnknownTopicOrPartitionException.class)
                .map(TopicDescription::authorizedOperations)
                // A broker that does not tell leaves it to the first write to find out.
                .map(rights -> rights.isEmpty() || rights.contains(AclOperation.WRITE))
                .orElse(true);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, IsolationLevel isolation, Duration timeout) {
        Map<TopicPartition, OffsetSpec> ends =
                partitions.stream().collect(Collectors.toMap(partition -> partition, end -> OffsetSpec.latest()));
        // The client itself has every answer fail that is not there when the time is up, so that waiting for each adds
        // nothing up.
        ListOffsetsOptions options = new ListOffsetsOptions(isolation).timeoutMs(Math.toIntExact(timeout.toMillis()));
        ListOffsetsResult asked = admin.listOffsets(ends, options);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Optional<KafkaException> first = Optional.empty();
        for (TopicPartition partition : ends.keySet()) {
            try {
                Answers.await(asked.partitionResult(partition), timeout, UnknownTopicOrPartitionException.class)
                        .ifPresent(info -> offsets.put(partition, info.offset()));
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                // One without a leader is asked for until the time is up, and must not take the others with it.
                first = first.or(() -> Optional.of(e));
            }
        }
        if (offsets.isEmpty() && first.isPresent()) {
            throw first.get();
        }
        return offsets;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
