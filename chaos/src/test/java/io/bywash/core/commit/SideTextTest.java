package io.bywash.core.commit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.chaos.oracle.SideText;
import io.bywash.core.ledger.DoneRanges;
import io.bywash.core.session.FailedRecord;
import io.bywash.core.session.TopicId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/** What the engine writes beside an offset, the oracle reads as it was meant, although neither knows the other's code. */
class SideTextTest {
    private static final int AMPLE = 1_000_000;
    private static final long COMMITTED = 5_000_000_000L;
    private static final String CLUSTER = "a cluster";
    private static final Uuid TOPIC = new Uuid(0x0123456789abcdefL, 0xfedcba9876543210L);
    private static final long[] BOUNDS = {
        COMMITTED + 1, COMMITTED + 2, COMMITTED + 200, COMMITTED + 40_000, COMMITTED + 3_000_000, COMMITTED + 3_000_001
    };

    private static String text(long committed, long[] bounds, Optional<String> user) {
        return new CommitMetadata(
                        Optional.of(Instant.ofEpochMilli(1_700_000_000_000L)),
                        Optional.of(TopicId.of(CLUSTER, TOPIC)),
                        List.of(new FailedRecord(committed, 3, 2, FailedRecord.Standing.PENDING)),
                        DoneRanges.of(bounds, 7),
                        user)
                .encode(committed, AMPLE);
    }

    @Test
    void rangesAreReadAsTheyWereWritten() {
        assertArrayEquals(BOUNDS, SideText.done(COMMITTED, text(COMMITTED, BOUNDS, Optional.empty())));
        assertEquals(0, SideText.done(COMMITTED, text(COMMITTED, new long[0], Optional.empty())).length);
        assertEquals(0, SideText.done(COMMITTED, "").length);
    }

    @Test
    void soAreOthers() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long committed = random.nextLong() >>> random.nextInt(2, 62);
            long[] bounds = new long[2 * random.nextInt(1, 20)];
            long end = committed;
            for (int bound = 0; bound < bounds.length; bound++) {
                end += 1 + (random.nextInt() >>> random.nextInt(1, 32));
                bounds[bound] = end;
            }
            assertArrayEquals(bounds, SideText.done(committed, text(committed, bounds, Optional.empty())));
        }
    }

    @Test
    void whatTheApplicationAddsIsPassedOver() {
        String text = text(COMMITTED, new long[0], Optional.of("x d=AAAA t=none"));
        assertEquals(0, SideText.done(COMMITTED, text).length);
        assertArrayEquals(BOUNDS, SideText.done(COMMITTED, text(COMMITTED, BOUNDS, Optional.of("x d=AAAA"))));
    }

    @Test
    void theTopicIsReadAsItWasWritten() {
        assertEquals(
                Optional.of(SideText.topic(CLUSTER, TOPIC)), SideText.topic(text(COMMITTED, BOUNDS, Optional.empty())));
        assertEquals(Optional.empty(), SideText.topic("bywash/1 s=1"));
    }

    @Test
    void aTextThatBelongsToAnotherOffsetIsNotBelieved() {
        String text = text(COMMITTED, BOUNDS, Optional.empty());
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> SideText.done(COMMITTED + 1, text));
        assertTrue(refused.getMessage().contains(text), refused.getMessage());
    }

    @Test
    void aTextThatIsDamagedIsNotBelieved() {
        String text = text(COMMITTED, BOUNDS, Optional.empty());
        int begin = text.indexOf("d=") + 2;
        // Of the last character some bits may mean nothing.
        for (int i = begin; i < text.length() - 1; i++) {
            String damaged = text.substring(0, i) + (text.charAt(i) == 'z' ? 'y' : 'z') + text.substring(i + 1);
            assertThrows(IllegalStateException.class, () -> SideText.done(COMMITTED, damaged), damaged);
            String cut = text.substring(0, i);
            assertThrows(IllegalStateException.class, () -> SideText.done(COMMITTED, cut), cut);
        }
    }
}
