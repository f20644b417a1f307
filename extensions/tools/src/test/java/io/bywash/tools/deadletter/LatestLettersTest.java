package io.bywash.tools.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class LatestLettersTest {
    private static final int MEBIBYTE = 1 << 20;

    private static Letter letter(long offset, int headerBytes) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("large", new byte[headerBytes]);
        return LetterParser.parse(
                new ConsumerRecord<>(
                        "letters",
                        0,
                        offset,
                        offset,
                        TimestampType.CREATE_TIME,
                        -1,
                        -1,
                        null,
                        null,
                        headers,
                        Optional.empty()),
                Letter.State.PENDING);
    }

    @Test
    void headersCountAsWell() {
        LatestLetters latest = new LatestLetters(10_000);
        for (int offset = 0; offset < 100; offset++) {
            latest.add(letter(offset, MEBIBYTE));
        }
        assertEquals(31, latest.oldestFirst().size());
        assertEquals(69, latest.oldestFirst().get(0).record().offset());
    }
}
