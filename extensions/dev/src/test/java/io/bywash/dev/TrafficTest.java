package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What was never sent cannot be missed by whoever compares what was sent with what was handled. */
class TrafficTest {
    @Test
    void saysThatNothingWasSentAndWhy() {
        Traffic traffic =
                new Traffic("no such broker", Set.of("orders"), new Traffic.Pace(1_000, 0), (position, order, kind) -> {
                    throw new AssertionError("nothing is acknowledged");
                });
        traffic.run();
        List<String> problems = traffic.problems();
        assertEquals(1, problems.size());
        assertTrue(
                problems.get(0).startsWith("1,000 records were to be sent to orders, but the broker took 0: "),
                problems::toString);
    }

    @Test
    void aStreamWithoutEndIsNeverShort() {
        Traffic traffic = new Traffic(
                "no such broker", Set.of("orders"), new Traffic.Pace(0, 200), (position, order, kind) -> {});
        assertEquals(List.of(), traffic.problems());
    }
}
