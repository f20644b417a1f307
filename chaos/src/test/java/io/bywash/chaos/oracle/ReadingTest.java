package io.bywash.chaos.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.worker.CommitText;
import io.bywash.chaos.worker.Order;
import io.bywash.testkit.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the oracle cannot read is a finding, and it reads on. */
class ReadingTest {
    private static final String TOPIC = "read";
    private static final String GROUP = "readers";

    private static EmbeddedKafka kafka;

    private final Findings findings = new Findings();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.builder().start();
        kafka.createTopic(TOPIC, 1);
        for (String value : List.of("0", "one", "2")) {
            kafka.produce(TOPIC, "key", value);
        }
    }

    @AfterAll
    static void stop() {
        if (kafka != null) {
            kafka.close();
        }
    }

    @Test
    void aRecordThatCannotBeReadIsNoticedAndTheNextOneIsRead() {
        List<Integer> read = new ArrayList<>();
        Reading.all(
                kafka.bootstrapServers(),
                TOPIC,
                findings,
                record -> read.add(Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8))));
        assertEquals(List.of(0, 2), read);
        assertTrue(
                findings.texts().get(0).startsWith("a record that cannot be read (1): read-0@1: "),
                findings.texts().toString());
    }

    @Test
    void aCommitWithADamagedTextIsNoticedAndTheNextOneIsRead() throws ExecutionException, InterruptedException {
        commit(1, "bywash/1 d=AAAAAAAA");
        commit(2, "");
        List<Commit> commits = CommitLog.of(run(), new Eras(List.of()), findings);
        assertEquals(List.of(2L), commits.stream().map(Commit::offset).toList());
        assertTrue(
                findings.texts().get(0).contains("beside offset 1 stands the text of another"),
                findings.texts().toString());
    }

    private static void commit(long offset, String text) throws ExecutionException, InterruptedException {
        kafka.admin()
                .alterConsumerGroupOffsets(
                        GROUP, Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(offset, text)))
                .all()
                .get();
    }

    private static Case run() {
        return new Case(
                kafka.bootstrapServers(),
                TOPIC,
                GROUP,
                List.of(),
                List.of(),
                Keeping.EVERYTHING,
                CommitText.KEPT,
                Order.KEY,
                Set.of(),
                List.of());
    }
}
