package io.bywash.tools.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.testkit.junit.EmbeddedKafkaExtension;
import io.bywash.tools.fixture.LetterBox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where letters from a time on begin. */
class LetterLogTest {
    @RegisterExtension
    static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

    /** Brokers that are told to keep positions for ever keep them for the longest time there is, which began before there was Kafka. */
    @Test
    void fromBefore1970OnThereIsEveryLetter() {
        LetterBox box = new LetterBox(KAFKA.cluster(), 1);
        box.send(3, 1);
        TopicPartition only = new TopicPartition(box.letterTopic(), 0);
        Instant longBefore = Instant.now().minus(Duration.ofMinutes(Integer.MAX_VALUE));
        try (LetterLog log = new LetterLog(box.settings(), box.letterTopic())) {
            assertEquals(Map.of(only, 0L), log.offsets(List.of(only), longBefore));
            assertEquals(Map.of(only, 3L), log.offsets(List.of(only), Instant.ofEpochMilli(LetterBox.TIME + 1)));
        }
    }
}
