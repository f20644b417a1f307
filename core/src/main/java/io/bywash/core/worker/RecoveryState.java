package io.bywash.core.worker;

import io.bywash.core.deadletter.DeadLetterWrite;
import java.util.Optional;

/** What is under way for a record that has failed. */
sealed interface RecoveryState {
    record None() implements RecoveryState {}

    record BackingOff(long due) implements RecoveryState {}

    /** A letter is on its way; if there is no answer by then, that is to be seen. */
    record Writing(DeadLetterWrite write, Optional<Long> unanswered) implements RecoveryState {}

    record WritingLater(long due) implements RecoveryState {}

    record Skipping() implements RecoveryState {}

    record Halted() implements RecoveryState {}

    record Stopped() implements RecoveryState {}
}
