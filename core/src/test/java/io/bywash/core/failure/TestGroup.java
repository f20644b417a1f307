package io.bywash.core.failure;

import com.codahale.metrics.MetricRegistry;
import io.bywash.core.GroupConsumer;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.Timing;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.EmbeddedKafka;
import io.bywash.testkit.UniqueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic and a group that no other test uses, and the consumers a test starts in it. */
final class TestGroup implements AutoCloseable {
    static final Timing TIMING =
            new Timing(Duration.ofMillis(50), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(1));

    /** Three attempts without a noticeable wait between them, then the dead-letter topic. */
    static final FailurePolicy QUICK = FailurePolicy.DEFAULT
            .withMaxAttempts(3)
            .withBackoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), 1, 0));

    /** Waits for the second attempt for longer than any test runs. */
    static final FailurePolicy PATIENT =
            FailurePolicy.DEFAULT.withBackoff(new Backoff(Duration.ofHours(1), Duration.ofHours(1), 1, 0));

    private static final StringSerializer STRINGS = new StringSerializer();

    private final EmbeddedKafka kafka;
    private final String topic;
    private final String group = UniqueName.of("group");
    private final List<Member> members = new ArrayList<>();

    TestGroup(EmbeddedKafka kafka, int partitions) {
        this(kafka, kafka.createUniqueTopic("source", partitions));
    }

    /** A group of its own for a topic that exists. */
    TestGroup(EmbeddedKafka kafka, String topic) {
        this.kafka = kafka;
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    String group() {
        return group;
    }

    String deadLetterTopic() {
        return topic + "." + group + ".dlt";
    }

    TopicPartition partition(int number) {
        return new TopicPartition(topic, number);
    }

    void produce(int partition, String... values) {
        kafka.produce(
                Stream.of(values)
                        .map(value -> new ProducerRecord<>(topic, partition, "key of " + value, value))
                        .toList(),
                STRINGS,
                STRINGS);
    }

    /** Writes v0, v1 and so on to partition 0, under so many keys in turn. */
    void produceKeyed(int count, int keys) {
        kafka.produce(
                IntStream.range(0, count)
                        .mapToObj(i -> new ProducerRecord<>(topic, 0, "k" + i % keys, "v" + i))
                        .toList(),
                STRINGS,
                STRINGS);
    }

    /** What all members have in common; a test adds the rest. */
    GroupConsumerBuilder builder() {
        return builderOfAnyProtocol().kafka(Map.of("heartbeat.interval.ms", "100"));
    }

    /** The same without what only the classic protocol knows. */
    GroupConsumerBuilder builderOfAnyProtocol() {
        return GroupConsumer.builder()
                .group(group)
                .topics(topic)
                .timing(TIMING)
                .failures(QUICK)
                .kafka(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    /** How long the broker keeps the place of a member of the new protocol that it does not hear of. */
    void sessionTimeout(Duration timeout) {
        ConfigEntry entry = new ConfigEntry("consumer.session.timeout.ms", Long.toString(timeout.toMillis()));
        kafka.admin()
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.GROUP, group),
                        List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    Member start(TopicHandler<String, String> handler) {
        return start(handler, builder());
    }

    Member start(TopicHandler<String, String> handler, GroupConsumerBuilder builder) {
        return start(builder.handler(handler, StringDeserializer::new, StringDeserializer::new));
    }

    /** Starts a consumer whose handler is set. */
    Member start(GroupConsumerBuilder builder) {
        EventLog events = new EventLog();
        MetricRegistry metrics = new MetricRegistry();
        GroupConsumer consumer = builder.listener(events).metrics(metrics).build();
        Member member = new Member(consumer, events, metrics);
        members.add(member);
        consumer.start();
        return member;
    }

    Optional<OffsetAndMetadata> committed(int partition) {
        return Optional.ofNullable(kafka.committedOffsets(group).get(partition(partition)));
    }

    void awaitCommitted(int partition, long offset) {
        Eventually.holds(
                () -> offset + " is committed for partition " + partition + ", but it is " + committed(partition),
                () -> committed(partition).map(OffsetAndMetadata::offset).equals(Optional.of(offset)));
    }

    List<ConsumerRecord<byte[], byte[]>> awaitDeadLetters(int count) {
        awaitDeadLetterTopic();
        return kafka.awaitRecords(deadLetterTopic(), count);
    }

    List<ConsumerRecord<byte[], byte[]>> deadLetters() {
        return kafka.read(deadLetterTopic());
    }

    void awaitDeadLetterTopic() {
        Eventually.holds("topic " + deadLetterTopic() + " exists", this::hasDeadLetterTopic);
    }

    boolean hasDeadLetterTopic() {
        try {
            return kafka.admin().listTopics().names().get().contains(deadLetterTopic());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("the cluster does not list its topics", e);
        }
    }

    @Override
    public void close() {
        members.forEach(member -> member.consumer().close(Duration.ofSeconds(5)));
    }
}
