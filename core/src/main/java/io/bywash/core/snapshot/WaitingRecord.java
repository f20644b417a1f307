package io.bywash.core.snapshot;

import java.time.Instant;
import java.util.Optional;

/**
 * A record that failed and waits.
 *
 * @param offset its offset
 * @param key its key, printable and shortened; empty if it has none
 * @param cause {@link HoldCause#RETRY}, {@link HoldCause#DEAD_LETTER_DOWN} or {@link HoldCause#HALTED}
 * @param attempts how often it has failed
 * @param since since when: of a retry, the first failure here; else when it was halted or first refused
 * @param until when something is tried again; empty if an operator has to decide
 * @param why the last failure, for a person
 */
public record WaitingRecord(
        long offset,
        Optional<String> key,
        HoldCause cause,
        int attempts,
        Instant since,
        Optional<Instant> until,
        String why) {}
