package io.bywash.simulation.workload;

import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.FailedAtException;
import io.bywash.handler.HandlerContext;
import io.bywash.simulation.oracle.Oracle;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Somebody's handler for several records at a time. */
record ToldBatches<K, V>(String process, Oracle oracle, BatchTopicHandler<K, V> handler)
        implements Told<K, V>, BatchTopicHandler<K, V> {

    @Override
    public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        handleBatch(List.of(record), context);
    }

    @Override
    public void handleBatch(List<ConsumerRecord<K, V>> records, HandlerContext context) throws Exception {
        try {
            handler.handleBatch(records, context);
        } catch (Exception | Error failure) {
            failed(records, context.attempt(), failure);
            throw failure;
        }
        records.forEach(record -> tell(record, context.attempt(), Optional.empty()));
    }

    private void failed(List<ConsumerRecord<K, V>> records, int attempt, Throwable failure) {
        if (failure instanceof FailedAtException named && named.index() < records.size()) {
            records.subList(0, named.index()).forEach(record -> tell(record, attempt, Optional.empty()));
            Throwable cause = Objects.requireNonNullElse(named.getCause(), named);
            tell(records.get(named.index()), attempt, Optional.of(cause));
        } else if (records.size() == 1) {
            tell(records.get(0), attempt, Optional.of(failure));
        } else {
            oracle.failedTogether();
        }
    }
}
