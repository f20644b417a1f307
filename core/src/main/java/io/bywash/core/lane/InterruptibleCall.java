package io.bywash.core.lane;

import io.bywash.core.session.PartitionSession;
import io.bywash.core.thread.Running;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The call a lane is in, so that it can be interrupted and no other. An interrupt hits a thread and not a call; so whoever interrupts
 * says so before, and a call that ends meanwhile waits until the interrupt has come, and clears it.
 */
final class InterruptibleCall {
    private static final State NONE = new State.None();

    private final Running running;
    private final AtomicReference<Object> state = new AtomicReference<>(NONE);

    /** What is not simply a call: that is represented by its {@link Item} itself. */
    private sealed interface State {
        record None() implements State {}

        record Interrupting(Item item) implements State {}

        record Interrupted(Item item) implements State {}
    }

    InterruptibleCall(Running running) {
        this.running = running;
    }

    /** Called by the lane. */
    void begin(Item item) {
        state.setRelease(item);
    }

    /** Called by the lane. */
    void end(Item item) {
        if (state.compareAndSet(item, NONE)) {
            return;
        }
        while (state.get() instanceof State.Interrupting) {
            Thread.yield();
        }
        state.set(NONE);
        Thread.interrupted();
    }

    /** Interrupts the call if it is about a record of a session. May be called from any thread. */
    void interrupt(PartitionSession session) {
        if (state.get() instanceof Item item
                && item.partition.session() == session
                && state.compareAndSet(item, new State.Interrupting(item))) {
            running.interrupt();
            state.set(new State.Interrupted(item));
        }
    }

    /** Returns what the call is about. May be called from any thread. */
    Optional<Item> item() {
        Object now = state.get();
        if (now instanceof Item item) {
            return Optional.of(item);
        }
        if (now instanceof State.Interrupting interrupting) {
            return Optional.of(interrupting.item());
        }
        return now instanceof State.Interrupted interrupted ? Optional.of(interrupted.item()) : Optional.empty();
    }
}
