package io.bywash.simulation.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Where an ownership begins, and who may say so. */
class OwnershipTest {
    private static final Committed COMMITTED =
            new Committed(3, Optional.of(1), Set.of(), Optional.of("text"), Map.of());

    private final Ownership first = new Ownership(
            new Truth.Place("a1", new TopicPartition("orders", 0)),
            Precedence.PARTITION,
            Committed.NOTHING,
            Attempts.unknown());

    @Test
    void oneThatTheGroupGaveBeginsWhereTheClientIsToldThatItIsCommitted() {
        first.mayStartAt(COMMITTED);
        assertEquals(3, first.next());
        assertEquals(Optional.of("text"), first.textAtStart());
    }

    /** A client asks for what is committed of all partitions when a fresh one comes, to learn when its group began. */
    @Test
    void oneThatAnApplicationBeganElsewhereStaysThereWhateverIsCommitted() {
        Ownership elsewhere = first.anew(2);
        elsewhere.mayStartAt(COMMITTED);
        assertEquals(2, elsewhere.next());
        assertEquals(2, elsewhere.ask(2));
        assertEquals(Optional.empty(), elsewhere.textAtStart());
        assertEquals(Optional.empty(), elsewhere.epochBelow(2));
    }
}
