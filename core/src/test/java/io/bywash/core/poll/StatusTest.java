package io.bywash.core.poll;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.event.ConsumerFailedException;
import io.bywash.core.event.ConsumerFailedException.Kind;
import io.bywash.core.event.ConsumerState;
import io.bywash.core.event.GroupEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A consumer begins once and ends once, whoever asks first. */
class StatusTest {
    private static final ConsumerFailedException FAILURE =
            new ConsumerFailedException(Kind.SOFTWARE, "something broke", null);

    private final List<GroupEvent> events = new ArrayList<>();
    private final Status status = new Status(events::add, () -> 7);

    @Test
    void whatWasEndedBeforeItsStartDoesNotBegin() {
        assertTrue(status.endUnstarted());
        assertFalse(status.begin());
        assertEquals(ConsumerState.CLOSED, status.state());
    }

    @Test
    void whatHasBegunIsNotEndedAsIfItHadNot() {
        assertTrue(status.begin());
        assertFalse(status.endUnstarted());
        assertEquals(ConsumerState.STARTING, status.state());
    }

    @Test
    void aFailureAfterTheEndChangesNothing() {
        status.endUnstarted();
        events.clear();
        status.fail(FAILURE);
        assertEquals(Optional.empty(), status.failure());
        assertEquals(List.of(), events);
    }

    /** Lanes may fail as late as when they are told that all is over. */
    @Test
    void aFailureWhileAStopIsUnderWayMakesTheEndAFailure() {
        status.begin();
        status.close(3);
        status.become(ConsumerState.DRAINING);
        status.fail(FAILURE);
        List<ConsumerState> shown = new ArrayList<>();
        status.end(last -> {
            shown.add(last);
            assertEquals(ConsumerState.DRAINING, status.state());
        });
        assertEquals(List.of(ConsumerState.FAILED), shown);
        assertEquals(ConsumerState.FAILED, status.state());
        assertEquals(Optional.of(FAILURE), status.failure());
    }

    @Test
    void aStopWithoutAFailureEndsClosed() {
        status.begin();
        status.close(3);
        status.become(ConsumerState.DRAINING);
        status.end(last -> {});
        assertEquals(ConsumerState.CLOSED, status.state());
    }

    @Test
    void theFirstFailureCountsAndKeepsTheTimeThatAStopLeft() {
        status.begin();
        status.close(3);
        status.fail(FAILURE);
        status.fail(new ConsumerFailedException(Kind.SOFTWARE, "something else", null));
        assertEquals(Optional.of(new Status.Stop(3, Optional.of(FAILURE))), status.stop());
    }
}
