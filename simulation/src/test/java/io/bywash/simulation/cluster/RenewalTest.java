package io.bywash.simulation.cluster;

import static io.bywash.simulation.cluster.Bench.FIRST;
import static io.bywash.simulation.cluster.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.GroupConsumer;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
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
        List<SteadyTraffic> traffic = List.of(
                new SteadyTraffic(bench, FIRST, Duration.ofMillis(150)),
                new SteadyTraffic(bench, SECOND, Duration.ofMillis(400)));
        traffic.forEach(bench.stage.scheduler()::add);
        GroupConsumer consumer = bench.member("a", protocol, new Notes())
                .topics("orders", ANEW.topic())
                .build();
        bench.user().does(consumer::start);
        bench.await(() -> bench.stage.clock().now() > SETTLED.toNanos());
        bench.cluster.recreate(ANEW.topic());
        bench.write(ANEW, 3);
        bench.await(() -> told.get(FIRST).size() > 2 && bench.isCommitted(ANEW));
        traffic.forEach(bench.stage.scheduler()::remove);
        bench.await(() -> bench.isCommitted(FIRST) && bench.isCommitted(SECOND));
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
        bench.await(() -> consumer.state().isFinal());
        bench.await(() -> bench.cluster.open("a").isEmpty());
        assertTrue(bench.cluster.coordinator().members().isEmpty());
    }
}
