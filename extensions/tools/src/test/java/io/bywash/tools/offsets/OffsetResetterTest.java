package io.bywash.tools.offsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.tools.ToolException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What a reset makes of the answers about a time. */
class OffsetResetterTest {
    private static final TopicPartition QUIET = new TopicPartition("orders", 0);
    private static final TopicPartition BUSY = new TopicPartition("orders", 1);

    private final List<PartitionOffsets> meant = List.of(partition(QUIET), partition(BUSY));

    private static PartitionOffsets partition(TopicPartition partition) {
        return new PartitionOffsets(
                partition, OptionalLong.of(0), OptionalLong.of(100), Optional.empty(), Optional.empty());
    }

    @Test
    void aPartitionWithoutARecordThatLateGoesToItsEnd() {
        assertEquals(Map.of(QUIET, 100L, BUSY, 42L), OffsetResetter.times(meant, Map.of(QUIET, -1L, BUSY, 42L)));
    }

    /** It may have lost its leader since it told where it begins and ends; the end would pass over all that waits. */
    @Test
    void aPartitionThatDoesNotAnswerGoesNowhere() {
        ToolException untold = assertThrows(ToolException.class, () -> OffsetResetter.times(meant, Map.of(BUSY, 42L)));
        assertEquals(ToolException.Kind.BROKER, untold.kind());
        assertTrue(untold.getMessage().contains("orders-0"), untold.getMessage());
        assertTrue(untold.getMessage().contains("nothing was reset"), untold.getMessage());
    }
}
