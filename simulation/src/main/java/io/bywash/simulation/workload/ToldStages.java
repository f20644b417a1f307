package io.bywash.simulation.workload;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.simulation.oracle.Invariant;
import io.bywash.simulation.oracle.Oracle;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Somebody's handler that returns stages. They have to be complete by then, since nobody but the seed may decide when they are. */
record ToldStages<K, V>(String process, Oracle oracle, AsyncTopicHandler<K, V> handler)
        implements Told<K, V>, AsyncTopicHandler<K, V> {

    @Override
    public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        AsyncTopicHandler.super.handle(record, context);
    }

    @Override
    public CompletionStage<?> handleAsync(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        CompletionStage<?> stage;
        try {
            stage = handler.handleAsync(record, context);
        } catch (Exception | Error failure) {
            tell(record, context.attempt(), Optional.of(failure));
            throw failure;
        }
        CompletableFuture<?> future = stage.toCompletableFuture();
        if (future.isDone()) {
            tell(record, context.attempt(), failure(future));
        } else {
            oracle.report(
                    Invariant.I12,
                    "the stage for offset " + record.offset() + " of " + context.partition()
                            + " is not complete when handleAsync returns, and the simulation has no other threads to"
                            + " wait for; give the handler a client whose stages are complete at once");
        }
        return stage;
    }

    private static Optional<Throwable> failure(CompletableFuture<?> future) {
        try {
            future.join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }
}
