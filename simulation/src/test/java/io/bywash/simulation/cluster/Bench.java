package io.bywash.simulation.cluster;

import io.bywash.core.GroupConsumer;
import io.bywash.core.GroupConsumerBuilder;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.environment.Environment;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.Chance;
import io.bywash.simulation.schedule.SimRunner;
import io.bywash.simulation.schedule.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A cluster that lets nobody down, and one actor after the other that uses it. */
final class Bench implements ClusterObserver, AutoCloseable {
    static final TopicPartition FIRST = new TopicPartition("orders", 0);
    static final TopicPartition SECOND = new TopicPartition("orders", 1);

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final Topics topics = Topics.empty(Map.of("orders", 2), 8).withReturning(name -> name + "-back");
    final Stage stage;
    final SimCluster cluster;
    final List<String> seen = new ArrayList<>();

    /** Where reading goes on in each partition that was read from. */
    final Map<TopicPartition, Long> positions = new HashMap<>();

    Bench(AssignmentProtocol protocol) {
        this(protocol, 7);
    }

    Bench(AssignmentProtocol protocol, long seed) {
        stage = Stage.with(new Chance(seed));
        cluster = new SimCluster(stage, topics, protocol, Faults.NONE, this);
    }

    /** Has an actor do something, while the rest of the cluster goes on. */
    final class User implements Actor {
        private Runnable task = () -> {};
        private boolean waiting;
        private boolean done = true;

        void does(Runnable next) {
            task = next;
            done = false;
            waiting = true;
            stage.scheduler().run(() -> done, () -> {});
        }

        <T> T gets(Supplier<T> next) {
            List<T> got = new ArrayList<>();
            does(() -> got.add(next.get()));
            return got.get(0);
        }

        @Override
        public String name() {
            return "user";
        }

        @Override
        public long due() {
            return waiting ? 0 : NEVER;
        }

        @Override
        public void step() {
            waiting = false;
            task.run();
            done = true;
        }
    }

    /** Begins to describe a member of the real engine, whose calls take a while. */
    GroupConsumerBuilder member(String name, AssignmentProtocol protocol, TopicHandler<byte[], byte[]> handler) {
        SimRunner runner = new SimRunner(stage.scheduler(), stage.clock(), stage.chance(), interrupted -> {});
        return GroupConsumer.builder()
                .group("group")
                .name(name)
                .topics("orders")
                .kafka(protocol.properties())
                .kafka(Map.of("bootstrap.servers", "simulated:9092"))
                .handler(HandlerBinding.of(handler, ByteArrayDeserializer::new, ByteArrayDeserializer::new))
                .environment(new Environment(
                        stage.clock().ticker(),
                        stage.clock().instants(),
                        stage.scheduler(),
                        runner,
                        runner,
                        new SlowCalls(stage),
                        stage.chance().generator(),
                        2,
                        new SimClients(name, cluster)));
    }

    /** Lets the cluster and all who use it go on until something holds. */
    void await(BooleanSupplier condition) {
        long deadline = stage.clock().now() + PATIENCE.toNanos();
        stage.scheduler().run(condition, () -> {
            if (stage.clock().now() > deadline) {
                throw new IllegalStateException(stage.trace().text());
            }
        });
    }

    /** Tells whether all there is of a partition is committed. */
    boolean isCommitted(TopicPartition partition) {
        return committed(partition) == topics.log(partition).end();
    }

    /** Returns what is committed of a partition, 0 if nothing is. */
    long committed(TopicPartition partition) {
        return cluster.committed(partition).map(OffsetAndMetadata::offset).orElse(0L);
    }

    User user() {
        User user = new User();
        stage.scheduler().add(user);
        return user;
    }

    /** Creates a consumer whose callbacks are noted. */
    SimConsumer consumer(String client, AssignmentProtocol protocol) {
        return consumer(client, protocol, Optional.empty());
    }

    /** Creates a consumer of a static member. */
    SimConsumer consumer(String client, AssignmentProtocol protocol, Optional<String> instance) {
        SimConsumer consumer = new SimConsumer(client, cluster, protocol, instance);
        subscribe(consumer, Set.of("orders"));
        return consumer;
    }

    /** Subscribes, or subscribes to something else. */
    void subscribe(SimConsumer consumer, Set<String> wanted) {
        String client = consumer.client();
        consumer.subscribe(wanted, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                seen.add(client + " was given " + partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                seen.add(client + " gives up " + partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                seen.add(client + " lost " + partitions);
            }
        });
    }

    /** Polls until partitions are held, and sets their positions. */
    void join(SimConsumer consumer, int partitions) {
        while (consumer.assignment().size() < partitions) {
            poll(consumer);
        }
        consumer.assignment().forEach(partition -> consumer.seek(partition, 0));
    }

    /** Polls, though positions may be missing. */
    void poll(SimConsumer consumer) {
        try {
            consumer.poll(Duration.ofMillis(10));
        } catch (org.apache.kafka.clients.consumer.NoOffsetForPartitionException e) {
            seen.add("no position of " + e.partitions());
        }
    }

    /** Polls until a number of records came. */
    static List<ConsumerRecord<byte[], byte[]>> read(SimConsumer consumer, int records) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        while (read.size() < records) {
            consumer.poll(Duration.ofMillis(10)).forEach(read::add);
        }
        return read;
    }

    void write(TopicPartition partition, int records) {
        for (int i = 0; i < records; i++) {
            topics.log(partition)
                    .append(new byte[] {1}, new byte[] {2}, stage.clock().instant());
        }
    }

    static Map<TopicPartition, OffsetAndMetadata> offset(TopicPartition partition, long offset) {
        return Map.of(partition, new OffsetAndMetadata(offset));
    }

    @Override
    public void close() {
        stage.scheduler().close();
    }

    @Override
    public void polled(String client) {}

    @Override
    public void toldCommitted(String client, TopicPartition partition, Optional<OffsetAndMetadata> committed) {}

    @Override
    public void assigned(String client, Set<TopicPartition> partitions) {}

    @Override
    public void releasing(String client, Set<TopicPartition> partitions) {}

    @Override
    public void released(String client, Set<TopicPartition> partitions) {}

    @Override
    public void lost(String client, Set<TopicPartition> partitions) {}

    @Override
    public void fetched(String client, TopicPartition partition, long position, PartitionLog.Fetched fetched) {
        positions.put(partition, fetched.next());
    }

    @Override
    public void sought(String client, TopicPartition partition, long offset) {}

    @Override
    public void truncated(TopicPartition partition, long end) {}

    @Override
    public void commitSent(String client, Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void committed(String client, Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void commitFailed(String client, Exception failure) {}

    @Override
    public void sent(String client, ProducerRecord<byte[], byte[]> record) {}

    @Override
    public void refused(String client, ProducerRecord<byte[], byte[]> record) {}

    @Override
    public void acknowledged(String client, ProducerRecord<byte[], byte[]> record) {}
}
