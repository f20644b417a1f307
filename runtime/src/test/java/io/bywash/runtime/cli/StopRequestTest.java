package io.bywash.runtime.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StopRequestTest {
    /** A handler that ends the process while it opens does so on the thread that would have to answer. */
    @Test
    void anAnswerThatNeverComesIsNotWaitedForWithoutEnd() throws Exception {
        try (StopRequest request = new StopRequest().answeredWithin(Duration.ofMillis(1))) {
            assertFalse(request.awaitStopped());
        }
    }

    @Test
    void anAnswerIsWaitedForWithoutEndUnlessItIsSaidHowLong() throws Exception {
        StopRequest request = new StopRequest();
        request.close();
        assertTrue(request.awaitStopped());
    }
}
