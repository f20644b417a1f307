package io.bywash.core.session;

import io.bywash.core.session.FailedRecord.Standing;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Test;

/** An operator's order and what the worker does to the same record come one after the other, whichever is first. */
@Param(name = "offset", gen = IntGen.class, conf = "1:2")
public final class FailedRecordsLincheckTest {
    private final FailedRecords failed = new FailedRecords(List.of());

    @Operation
    public void halts(@Param(name = "offset") int offset) {
        failed.put(new FailedRecord(offset, 0, 1, Standing.HALTED));
    }

    @Operation
    public boolean retry(@Param(name = "offset") int offset) {
        return failed.order(offset, Standing.RETRY_ORDERED);
    }

    @Operation
    public boolean skip(@Param(name = "offset") int offset) {
        return failed.order(offset, Standing.SKIP_ORDERED);
    }

    @Operation
    public void completes(@Param(name = "offset") int offset) {
        failed.remove(offset);
    }

    @Operation
    public int attempts(@Param(name = "offset") int offset) {
        return failed.attemptsAt(offset);
    }

    @Test
    void isLinearizable() {
        new StressOptions()
                .iterations(10)
                .invocationsPerIteration(500)
                .threads(2)
                .actorsPerThread(3)
                .check(getClass());
    }
}
