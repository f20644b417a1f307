package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.fail;

import io.bywash.core.thread.ParkingWaiting;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must come true, long enough for a busy machine. */
final class Eventually {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private Eventually() {}

    static void holds(Supplier<String> what, BooleanSupplier condition) {
        if (!ParkingWaiting.SYSTEM.until(condition, System.nanoTime() + PATIENCE.toNanos())) {
            fail("not within " + PATIENCE.toSeconds() + " s: " + what.get());
        }
    }

    static void holds(String what, BooleanSupplier condition) {
        holds(() -> what, condition);
    }
}
