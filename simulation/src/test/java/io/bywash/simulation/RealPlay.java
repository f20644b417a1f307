package io.bywash.simulation;

import io.bywash.core.GroupConsumer;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.event.GroupEvent;
import io.bywash.core.event.RecordPosition;
import io.bywash.core.session.TopicId;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.FailedAtException;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.Schedule.TopicPartitionOffset;
import io.bywash.simulation.cluster.PartitionLog;
import io.bywash.simulation.workload.HandlerShape;
import io.bywash.testkit.EmbeddedKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A schedule on a real broker: what the simulation wrote is written there, with transactions where offsets are missing, and two members
 * read it, of which the second joins at a third of the way and the first leaves at two thirds; if it is static, another takes its place.
 */
final class RealPlay {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedKafka cluster;
    private final Schedule schedule;
    private final List<PartitionLog> logs;
    private final String group;
    private final Map<TopicPartitionOffset, Integer> places = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private final Set<TopicPartitionOffset> handled = ConcurrentHashMap.newKeySet();
    private final Set<TopicPartitionOffset> passedOver = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> latestFirst = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> disorder = new ConcurrentLinkedQueue<>();
    private final LastCommits commits = new LastCommits();

    RealPlay(EmbeddedKafka cluster, Schedule schedule, List<PartitionLog> logs) {
        this.cluster = cluster;
        this.schedule = schedule;
        this.logs = logs;
        this.group = "schedule-" + schedule.seed();
    }

    Fates play() throws Exception {
        for (Map.Entry<String, Integer> topic : schedule.scenario().topics().entrySet()) {
            cluster.createTopic(real(topic.getKey()), topic.getValue());
        }
        write();
        int all = places.size();
        try (GroupConsumer second = member("second", schedule.scenario().laterOrdering())) {
            try (GroupConsumer first =
                    member("first", schedule.scenario().terms().ordering())) {
                first.start();
                await(() -> done() >= all / 3);
                second.start();
                await(() -> done() >= all * 2 / 3);
            }
            if (schedule.scenario().group().staticMembers()) {
                try (GroupConsumer successor =
                        member("first", schedule.scenario().laterOrdering())) {
                    successor.start();
                    await(() -> done() == all && behind().isEmpty());
                }
            } else {
                await(() -> done() == all && behind().isEmpty());
            }
        }
        lookAtCommits();
        return new Fates(names(handled), names(passedOver), behind(), commits.wrong());
    }

    /** Returns how many of the last commits tell of a leader epoch. */
    int epochs() {
        return commits.epochs();
    }

    /** Returns what was handled out of order; nothing is, unless the order is none of anybody's business. */
    List<String> disorder() {
        return List.copyOf(disorder);
    }

    /** Returns the name that a topic has here, whose last word is the one that it has in the simulation. */
    private String real(String topic) {
        return group + "-" + topic;
    }

    private int done() {
        return handled.size() + passedOver.size();
    }

    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("after " + PATIENCE + " " + handled.size() + " of " + places.size()
                        + " records are handled, " + passedOver.size() + " passed over, and " + behind()
                        + " not committed");
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private void write() throws ExecutionException, InterruptedException {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "transactional.id", group, "linger.ms", 1);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            for (PartitionLog log : logs) {
                write(log, producer);
            }
        }
    }

    private void write(PartitionLog log, KafkaProducer<byte[], byte[]> producer)
            throws ExecutionException, InterruptedException {
        if (log.records().isEmpty()) {
            return;
        }
        TopicPartition partition = new TopicPartition(
                real(log.partition().topic()), log.partition().partition());
        long before = -1;
        int place = 0;
        long offset = -1;
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> record : log.records().values()) {
            if (before >= 0 && record.offset() > before + 1) {
                producer.commitTransaction();
                producer.beginTransaction();
            }
            before = record.offset();
            offset = producer.send(new ProducerRecord<>(
                            partition.topic(), partition.partition(), record.key(), record.value()))
                    .get()
                    .offset();
            places.put(TopicPartitionOffset.of(partition, offset), place++);
        }
        producer.commitTransaction();
        // The marker of the transaction comes last.
        ends.put(partition, offset + 2);
    }

    private GroupConsumer member(String name, Ordering ordering) {
        Scenario scenario = schedule.scenario();
        return GroupConsumer.builder()
                .group(group)
                .name(group + "-" + name)
                .topics(scenario.topics().keySet().stream().map(this::real).toArray(String[]::new))
                .failures(scenario.terms().failures())
                .timing(scenario.terms().timing())
                .ordering(ordering)
                .buffers(scenario.buffers())
                .batching(scenario.batching())
                .kafka(properties(name, scenario.group()))
                .handler(HandlerBinding.of(
                        handler(scenario.shape(), ordering), StringDeserializer::new, Content::deserializer))
                .listener(this::hear)
                .build();
    }

    private Map<String, Object> properties(String name, Scenario.Group group) {
        Map<String, Object> properties = new HashMap<>(group.protocol().properties());
        properties.put("bootstrap.servers", cluster.bootstrapServers());
        properties.put("isolation.level", "read_committed");
        if (group.staticMembers()) {
            properties.put("group.instance.id", name);
        }
        return properties;
    }

    private TopicHandler<String, Content> handler(HandlerShape shape, Ordering ordering) {
        return switch (shape) {
            case RECORDS -> (record, context) -> handle(record, context.attempt(), ordering);
            case STAGES ->
                (AsyncTopicHandler<String, Content>) (record, context) -> {
                    handle(record, context.attempt(), ordering);
                    return CompletableFuture.completedFuture(null);
                };
            case BATCHES ->
                (BatchTopicHandler<String, Content>) (records, context) -> {
                    for (int i = 0; i < records.size(); i++) {
                        try {
                            handle(records.get(i), i == 0 ? context.attempt() : 1, ordering);
                        } catch (Exception e) {
                            throw new FailedAtException(i, e);
                        }
                    }
                };
        };
    }

    private void handle(ConsumerRecord<String, Content> record, int attempt, Ordering ordering) throws Exception {
        record.value().act(attempt);
        if (!handled.add(TopicPartitionOffset.of(record))) {
            return;
        }
        for (String order : ordersOf(record, ordering)) {
            Long before = latestFirst.put(order, record.offset());
            if (before != null && before > record.offset()) {
                disorder.add(record.topic() + "-" + record.partition() + ": " + before + " before " + record.offset()
                        + " in the order of " + order);
            }
        }
    }

    /**
     * Returns the orders that a record keeps: that of its partition among all members that keep partitions in order, and that of its key among
     * those that keep keys or partitions in order. What the others handle of it in between comes when it likes.
     */
    private static List<String> ordersOf(ConsumerRecord<String, Content> record, Ordering ordering) {
        String partition = record.topic() + "-" + record.partition();
        List<String> orders = new ArrayList<>();
        if (ordering instanceof Ordering.Partition) {
            orders.add(partition);
        }
        if (record.key() != null && !(ordering instanceof Ordering.None)) {
            orders.add(partition + " " + record.key());
        }
        return orders;
    }

    private void hear(GroupEvent event) {
        if (event instanceof GroupEvent.DeadLettered letter) {
            passOver(letter.record());
        } else if (event instanceof GroupEvent.Skipped skipped) {
            passOver(skipped.record());
        }
    }

    private void passOver(RecordPosition record) {
        passedOver.add(TopicPartitionOffset.of(record.partition(), record.offset()));
    }

    private Set<TopicPartition> behind() {
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        Set<TopicPartition> behind = ConcurrentHashMap.newKeySet();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null || offset.offset() != end) {
                behind.add(partition);
            }
        });
        return behind;
    }

    private Map<TopicPartition, OffsetAndMetadata> committed() {
        try {
            return cluster.admin()
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void lookAtCommits() throws ExecutionException, InterruptedException {
        String id = cluster.admin().describeCluster().clusterId().get();
        Map<String, TopicDescription> topics = cluster.admin()
                .describeTopics(
                        ends.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()))
                .allTopicNames()
                .get();
        Map<TopicPartition, OffsetAndMetadata> committed = committed();
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : cluster.admin()
                .listOffsets(ends.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, at -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()) {
            TopicPartition partition = end.getKey();
            TopicDescription topic = Objects.requireNonNull(topics.get(partition.topic()));
            commits.add(
                    partition,
                    Objects.requireNonNull(committed.get(partition)),
                    end.getValue().leaderEpoch().orElseThrow(),
                    TopicId.of(id, topic.topicId()));
        }
    }

    private Set<String> names(Set<TopicPartitionOffset> records) {
        List<String> names = new ArrayList<>();
        records.forEach(record -> names.add(Fates.name(record, places.get(record))));
        return new TreeSet<>(names);
    }
}
