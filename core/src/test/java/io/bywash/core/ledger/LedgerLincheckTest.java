package io.bywash.core.ledger;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** What the poll thread reads is always a state the ledger was in: no frontier ahead of the worker, no text beside another mark. */
public final class LedgerLincheckTest {
    private final Ledger ledger = new Ledger(0, Optional.empty(), DoneRanges.NONE);
    private long delivered;
    private long marked;

    /** Delivers a record, with a hole behind it. */
    @Operation(nonParallelGroup = "poll thread")
    public void deliver() {
        ledger.delivered(
                List.of(new ConsumerRecord<>("topic", 0, delivered, new byte[0], new byte[0])),
                delivered + 2,
                Optional.empty());
        delivered += 2;
    }

    @Operation(nonParallelGroup = "poll thread")
    public Frontier frontier() {
        return ledger.frontier();
    }

    @Operation(nonParallelGroup = "application")
    public void mark() {
        ledger.completeThrough(marked, Optional.of("mark " + marked));
        marked++;
    }

    @Operation(nonParallelGroup = "other")
    public void markAgain() {
        ledger.completeThrough(0, Optional.empty());
    }

    @Test
    void isLinearizable() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(3)
                .actorsPerThread(2)
                .check(getClass());
    }
}
