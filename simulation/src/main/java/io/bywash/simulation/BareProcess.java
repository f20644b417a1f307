package io.bywash.simulation;

import io.bywash.handler.FailedAtException;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Somebody's handler without an engine: whoever has it makes the calls.
 *
 * @param <S> the type of what outlives the process
 */
final class BareProcess<S> {
    static final TopicPartition PARTITION = new TopicPartition("orders", 0);

    private final HandlerRuns<S> described;
    private final S state;
    private final TopicHandler<String, String> handler;

    /** What a call has to know. */
    private record Attempt(TopicPartition partition, int attempt) implements HandlerContext {
        @Override
        public boolean isRevoking() {
            return false;
        }
    }

    /** Decides what follows a failed attempt. */
    @FunctionalInterface
    interface Failures {
        /** Tells whether a record is tried again; called by whoever makes the call. */
        boolean isTriedAgain(ConsumerRecord<String, String> record, int attempt, Throwable failure);
    }

    /** Something that the engine reports and that changes nothing. */
    private interface Notice {
        void tell() throws Exception;
    }

    private BareProcess(HandlerRuns<S> described) {
        this.described = described;
        this.state = described.outside().get();
        this.handler = described.handler().apply(state);
    }

    /** Starts a process, to which the partition is assigned. */
    static <S> BareProcess<S> start(HandlerRuns<S> described) {
        BareProcess<S> process = new BareProcess<>(described);
        try {
            process.handler.open();
        } catch (Exception e) {
            throw new IllegalStateException("the handler does not open", e);
        }
        tell(() -> process.handler.assigned(PARTITION));
        return process;
    }

    /** Has a record handled, or given up. May be called by several threads at once. */
    void handle(ConsumerRecord<String, String> record, Failures failures) {
        int attempt = 1;
        while (!isOver(record, attempt, failures)) {
            attempt++;
        }
    }

    private boolean isOver(ConsumerRecord<String, String> record, int attempt, Failures failures) {
        try {
            handler.handle(record, new Attempt(PARTITION, attempt));
            return true;
        } catch (FailedAtException named) {
            return !failures.isTriedAgain(record, attempt, named.getCause() == null ? named : named.getCause());
        } catch (Exception | Error failure) {
            return !failures.isTriedAgain(record, attempt, failure);
        }
    }

    /** Ends it in good order; returns what came out. */
    Object end() {
        tell(() -> handler.revoked(PARTITION));
        tell(handler::close);
        return described.result().apply(state);
    }

    private static void tell(Notice notice) {
        try {
            notice.tell();
        } catch (Exception e) {
            // The runs with an engine have told, in their traces.
        }
    }
}
