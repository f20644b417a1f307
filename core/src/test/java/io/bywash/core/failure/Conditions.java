package io.bywash.core.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.bywash.core.snapshot.Condition;
import io.bywash.core.snapshot.Condition.Held;
import io.bywash.core.snapshot.HoldCause;
import io.bywash.core.snapshot.PartitionSnapshot;
import java.time.Instant;
import java.util.Optional;

/** What tests expect of the condition of a partition. */
final class Conditions {
    /** Before any test did anything. */
    private static final Instant BEFORE = Instant.now();

    private Conditions() {}

    static Held awaitHeld(Member member, int partition, HoldCause cause) {
        Eventually.holds(
                () -> "partition " + partition + " is held by " + cause + " in "
                        + member.consumer().snapshot(),
                () -> held(member, partition)
                        .filter(one -> one.cause() == cause)
                        .isPresent());
        Held held = held(member, partition).orElseThrow();
        assertFalse(held.since().isBefore(BEFORE), () -> "not before anything was done: " + held);
        assertFalse(held.since().isAfter(Instant.now()), () -> "not in the future: " + held);
        return held;
    }

    static Optional<Held> held(Member member, int partition) {
        return member.snapshot(partition)
                .map(PartitionSnapshot::condition)
                .filter(Held.class::isInstance)
                .map(Held.class::cast);
    }

    static void awaitCondition(Member member, int partition, Condition expected) {
        Eventually.holds(
                () -> "partition " + partition + " is " + expected + " in "
                        + member.consumer().snapshot(),
                () -> member.snapshot(partition)
                        .filter(one -> one.condition().equals(expected))
                        .isPresent());
    }

    static void assertHeld(boolean isWhole, long offset, String key, Held held) {
        assertEquals(isWhole, held.isWhole(), held::toString);
        assertEquals(offset, held.offset(), held::toString);
        assertEquals(Optional.of(key).filter(text -> !text.isEmpty()), held.key(), held::toString);
    }
}
