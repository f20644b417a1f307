package io.bywash.core.clients;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** {@link TopicAdmin} over Kafka's admin client. */
final class PlainTopicAdmin implements TopicAdmin {
    private final Admin admin;

    PlainTopicAdmin(Admin admin) {
        this.admin = admin;
    }

    @Override
    public Map<String, Integer> partitionCounts(Collection<String> topics, Duration timeout) {
        Map<String, KafkaFuture<TopicDescription>> asked =
                admin.describeTopics(topics).topicNameValues();
        Map<String, Integer> counts = new HashMap<>();
        asked.forEach((topic, future) -> answer(future, timeout, UnknownTopicOrPartitionException.class)
                .ifPresent(description ->
                        counts.put(topic, description.partitions().size())));
        return counts;
    }

    @Override
    public void create(String topic, int partitions, Duration timeout) {
        NewTopic wanted = new NewTopic(topic, Optional.of(partitions), Optional.empty());
        answer(admin.createTopics(List.of(wanted)).all(), timeout, TopicExistsException.class);
    }

    @Override
    public boolean mayWrite(String topic, Duration timeout) {
        DescribeTopicsOptions withRights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        return answer(
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
                answer(asked.partitionResult(partition), timeout, UnknownTopicOrPartitionException.class)
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

    private static <T> Optional<T> answer(
            KafkaFuture<T> future, Duration timeout, Class<? extends Exception> harmless) {
        try {
            return Optional.ofNullable(future.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (harmless.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new org.apache.kafka.common.errors.TimeoutException("the broker did not answer within " + timeout, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
