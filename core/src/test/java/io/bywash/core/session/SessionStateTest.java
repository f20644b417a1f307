package io.bywash.core.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** An ownership ends once, and its results count until then. */
class SessionStateTest {

    @Test
    void endsInGoodOrderOrAtOnce() {
        assertEquals(Set.of(SessionState.STOPPING, SessionState.LOST), SessionState.OPEN.next());
        assertEquals(Set.of(SessionState.RELEASED, SessionState.LOST), SessionState.STOPPING.next());
        assertTrue(SessionState.OPEN.counts() && SessionState.STOPPING.counts());
    }

    @Test
    void neverComesBack() {
        for (SessionState over : Set.of(SessionState.RELEASED, SessionState.LOST)) {
            assertFalse(over.counts());
            for (SessionState target : SessionState.values()) {
                IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> over.to(target));
                assertTrue(refusal.getMessage().contains(over + " cannot become " + target), refusal::getMessage);
            }
        }
    }
}
