package io.bywash.simulation.workload;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.oracle.Oracle;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Somebody's handler for one record at a time. */
record ToldRecords<K, V>(String process, Oracle oracle, TopicHandler<K, V> handler) implements Told<K, V> {

    @Override
    public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        try {
            handler.handle(record, context);
        } catch (Exception | Error failure) {
            tell(record, context.attempt(), Optional.of(failure));
            throw failure;
        }
        tell(record, context.attempt(), Optional.empty());
    }
}
