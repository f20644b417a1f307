package io.bywash.simulation.cluster;

import static io.bywash.simulation.cluster.Bench.FIRST;
import static io.bywash.simulation.cluster.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumer;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.environment.Environment;
import io.bywash.core.thread.CallRunner;
import io.bywash.core.thread.Running;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.schedule.Actor;
import io.bywash.simulation.schedule.SimRunner;
import io.bywash.simulation.schedule.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A topic is deleted and made anew, and its new leaders are at an earlier epoch than the client knows of: the member gives up what it has
 * in good order and goes on with another client.
 */
@Timeout(60)
class RenewalTest {
    private static final int SEEDS = 20;
    private static final TopicPartition ANEW = new TopicPartition("orders-back", 0);

    /** By then a member is sure of its topics. */
    private static final Duration SETTLED = Duration.ofSeconds(40);

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Map<TopicPartition, List<Long>> handled = new HashMap<>();
    private final Map<TopicPartition, List<String>> told = new HashMap<>();

    private final class Notes implements TopicHandler<byte[], byte[]> {
        @Override
        public void assigned(TopicPartition partition) {
            tell(partition, "assigned");
        }

        @Override
        public void handle(ConsumerRecord<byte[], byte[]> record, HandlerContext context) {
            handled.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), first -> new ArrayList<>())
                    .add(record.offset());
        }

        @Override
        public void revoked(TopicPartition partition) {
            tell(partition, "revoked");
        }

        @Override
        public void lost(TopicPartition partition) {
            tell(partition, "lost");
        }

        private void tell(TopicPartition partition, String what) {
            told.computeIfAbsent(partition, first -> new ArrayList<>()).add(what);
        }
    }

    /** Has calls last for a while. */
    private record SlowCalls(Stage stage) implements CallRunner {
        private static final Duration LONGEST = Duration.ofMillis(200);

        @Override
        public boolean begin(Runnable call, Running caller) {
            long due = stage.clock().now() + stage.chance().between(Duration.ZERO, LONGEST);
            stage.scheduler().add(new Actor() {
                @Override
                public String name() {
                    return caller.name() + " call";
                }

                @Override
                public long due() {
                    return due;
                }

                @Override
                public void step() {
                    stage.scheduler().remove(this);
                    call.run();
                    caller.signal();
                }
            });
            return false;
        }
    }

    private GroupConsumer consumer(Bench bench, AssignmentProtocol protocol) {
        Stage stage = bench.stage;
        SimRunner runner = new SimRunner(stage.scheduler(), stage.clock(), stage.chance(), interrupted -> {});
        Map<String, Object> properties = new HashMap<>(protocol.properties());
        properties.put("bootstrap.servers", "simulated:9092");
        return GroupConsumer.builder()
                .group("group")
                .name("a")
                .topics("orders", ANEW.topic())
                .kafka(properties)
                .handler(HandlerBinding.of(new Notes(), ByteArrayDeserializer::new, ByteArrayDeserializer::new))
                .environment(new Environment(
                        stage.clock().ticker(),
                        stage.clock().instants(),
                        stage.scheduler(),
                        runner,
                        runner,
                        new SlowCalls(stage),
                        stage.chance().generator(),
                        2,
                        new SimClients("a", bench.cluster)))
                .build();
    }

    /** Writes one record after the other while somebody reads them. */
    private record Traffic(Bench bench, TopicPartition partition, long pause) implements Actor {
        @Override
        public String name() {
            return "traffic";
        }

        @Override
        public long due() {
            return bench.topics.log(partition).end() * pause;
        }

        @Override
        public void step() {
            bench.write(partition, 1);
        }
    }

    private static void await(Bench bench, BooleanSupplier condition) {
        long deadline = bench.stage.clock().now() + PATIENCE.toNanos();
        bench.stage.scheduler().run(condition, () -> {
            if (bench.stage.clock().now() > deadline) {
                throw new IllegalStateException(bench.stage.trace().text());
            }
        });
    }

    private static boolean isCommitted(Bench bench, TopicPartition partition) {
        return bench.cluster
                .committed(partition)
                .filter(commit -> commit.offset() == bench.topics.log(partition).end())
                .isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void whoNeedsAnotherClientGivesUpInGoodOrder(AssignmentProtocol protocol) {
        LongStream.rangeClosed(1, SEEDS).forEach(seed -> {
            handled.clear();
            told.clear();
            try (Bench bench = new Bench(protocol, seed)) {
                renew(bench, protocol);
            }
        });
    }

    private void renew(Bench bench, AssignmentProtocol protocol) {
        bench.topics.create(ANEW.topic());
        bench.topics.log(ANEW).electLeader();
        bench.write(ANEW, 5);
        List<Traffic> traffic = List.of(
                new Traffic(bench, FIRST, Duration.ofMillis(150).toNanos()),
                new Traffic(bench, SECOND, Duration.ofMillis(400).toNanos()));
        traffic.forEach(bench.stage.scheduler()::add);
        GroupConsumer consumer = consumer(bench, protocol);
        bench.user().does(consumer::start);
        await(bench, () -> bench.stage.clock().now() > SETTLED.toNanos());
        bench.cluster.recreate(ANEW.topic());
        bench.write(ANEW, 3);
        await(bench, () -> told.get(FIRST).size() > 2 && isCommitted(bench, ANEW));
        traffic.forEach(bench.stage.scheduler()::remove);
        await(bench, () -> isCommitted(bench, FIRST) && isCommitted(bench, SECOND));
        for (TopicPartition partition : List.of(FIRST, SECOND)) {
            assertEquals(List.of("assigned", "revoked", "assigned"), told.get(partition));
            assertEquals(
                    LongStream.range(0, bench.topics.log(partition).end())
                            .boxed()
                            .toList(),
                    handled.get(partition));
        }
        assertEquals(List.of(0L, 1L, 2L, 3L, 4L, 0L, 1L, 2L), handled.get(ANEW));
        assertEquals(List.of("assigned", "lost", "assigned"), told.get(ANEW));
        bench.user().does(() -> consumer.stop(Duration.ofSeconds(5)));
        await(bench, () -> consumer.state().isFinal());
        await(bench, () -> bench.cluster.open("a").isEmpty());
        assertTrue(bench.cluster.coordinator().members().isEmpty());
    }
}
