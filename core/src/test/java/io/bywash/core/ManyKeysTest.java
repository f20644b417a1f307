package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.fixture.Await;
import io.bywash.core.fixture.Members;
import io.bywash.core.fixture.TestGroup;
import io.bywash.core.settings.Ordering;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Keys are remembered only while a record of theirs is under way, so memory does not grow with how many there have been. The same
 * through the lanes alone is in {@code LaneExtremesTest}; this one has to be asked for, since to write so many records takes a while.
 */
@EnabledIfSystemProperty(named = "bywash.keys", matches = "\\d+")
class ManyKeysTest {
    private static final long SLACK_BYTES = 32 << 20;

    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    @AutoClose
    private final Members members = new Members();

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    private final AtomicLong handled = new AtomicLong();

    @Test
    void memoryStaysFlatHoweverManyKeysThereHaveBeen() {
        long keys = Long.getLong("bywash.keys");
        TestGroup group = TestGroup.on(KAFKA.cluster(), 1);
        members.start(group.member("a", new Counting()).ordering(Ordering.key(16)));
        write(group, 0, keys / 10);
        awaitHandled(keys / 10);
        long early = live();
        write(group, keys / 10, keys);
        awaitHandled(keys);
        long late = live();
        group.awaitNoLag();
        assertTrue(
                late - early < SLACK_BYTES,
                () -> "after a tenth of the keys " + early + " bytes were in use, after all of them " + late);
    }

    private void write(TestGroup group, long first, long end) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", KAFKA.cluster().bootstrapServers(), "linger.ms", 20, "batch.size", 1 << 18);
        try (KafkaProducer<Long, String> producer =
                new KafkaProducer<>(properties, new LongSerializer(), new StringSerializer())) {
            for (long key = first; key < end; key++) {
                producer.send(new ProducerRecord<>(group.topic(), key, ""));
            }
        }
    }

    private void awaitHandled(long count) {
        long[] last = {-1};
        while (handled.get() < count) {
            last[0] = handled.get();
            Await.until(() -> "stands at " + last[0] + " of " + count, () -> handled.get() > last[0]);
        }
    }

    /** What is in use after collections that bring no more. */
    private long live() {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private final class Counting implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            handled.incrementAndGet();
        }
    }
}
