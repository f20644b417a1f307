package io.bywash.core.poll;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.Consumer;

/** What other threads want done on the poll thread. Each wish is carried out at the next turn, in the order they came. */
final class Commands {

    /** A wish. */
    @FunctionalInterface
    interface Command {
        /** Fulfils it. Called by the poll thread. */
        void run(Consumer<byte[], byte[]> consumer);
    }

    private final Queue<Command> wishes = new ConcurrentLinkedQueue<>();

    void add(Command command) {
        wishes.add(command);
    }

    void turn(Consumer<byte[], byte[]> consumer) {
        for (Optional<Command> next = next(); next.isPresent(); next = next()) {
            next.get().run(consumer);
        }
    }

    private Optional<Command> next() {
        return Optional.ofNullable(wishes.poll());
    }
}
