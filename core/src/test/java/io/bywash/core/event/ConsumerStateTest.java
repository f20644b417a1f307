package io.bywash.core.event;

import static io.bywash.core.event.ConsumerState.CLOSED;
import static io.bywash.core.event.ConsumerState.CREATED;
import static io.bywash.core.event.ConsumerState.DEGRADED;
import static io.bywash.core.event.ConsumerState.DRAINING;
import static io.bywash.core.event.ConsumerState.FAILED;
import static io.bywash.core.event.ConsumerState.RUNNING;
import static io.bywash.core.event.ConsumerState.STARTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A consumer moves only as documented. */
class ConsumerStateTest {
    private static final Map<ConsumerState, Set<ConsumerState>> LEGAL = Map.of(
            CREATED, Set.of(STARTING, CLOSED, FAILED),
            STARTING, Set.of(RUNNING, DRAINING, FAILED),
            RUNNING, Set.of(DEGRADED, DRAINING, FAILED),
            DEGRADED, Set.of(RUNNING, DRAINING, FAILED),
            DRAINING, Set.of(CLOSED, FAILED),
            CLOSED, Set.of(),
            FAILED, Set.of());

    @Test
    void makesTheLegalMovesAndNoOthers() {
        for (ConsumerState from : ConsumerState.values()) {
            for (ConsumerState to : ConsumerState.values()) {
                if (LEGAL.get(from).contains(to)) {
                    assertEquals(to, from.to(to));
                } else {
                    IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> from.to(to));
                    assertTrue(refusal.getMessage().contains(from + " cannot become " + to), refusal::getMessage);
                }
            }
        }
    }

    @Test
    void endsInTwoWays() {
        assertTrue(CLOSED.isFinal() && FAILED.isFinal());
        assertEquals(
                5,
                java.util.Arrays.stream(ConsumerState.values())
                        .filter(state -> !state.isFinal())
                        .count());
    }
}
