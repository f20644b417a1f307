package io.bywash.dev;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.HandlerWrapper;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Puts something round the calls for records and passes all others on as they are. */
final class Wrapping implements HandlerWrapper {
    private final Around around;
    private final Predicate<TopicHandler<?, ?>> which;

    private Wrapping(Around around, Predicate<TopicHandler<?, ?>> which) {
        this.around = around;
        this.which = which;
    }

    /** Goes round all handlers. Those of stages and batches are given one record at a time then, and waited for. */
    static Wrapping all(Around around) {
        return new Wrapping(around, handler -> true);
    }

    /** Goes round handlers of single records, and leaves those of stages and batches alone. */
    static Wrapping singles(Around around) {
        return new Wrapping(
                around, handler -> !(handler instanceof AsyncTopicHandler || handler instanceof BatchTopicHandler));
    }

    @Override
    public <K, V> TopicHandler<K, V> wrap(String consumer, TopicHandler<K, V> handler) {
        return which.test(handler) ? new Wrapped<>(handler, consumer, around) : handler;
    }

    private record Wrapped<K, V>(TopicHandler<K, V> handler, String consumer, Around around)
            implements TopicHandler<K, V> {
        @Override
        public void open() throws Exception {
            handler.open();
        }

        @Override
        public void assigned(TopicPartition partition) throws Exception {
            handler.assigned(partition);
        }

        @Override
        public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
            around.handle(consumer, record, () -> handler.handle(record, context));
        }

        @Override
        public void revoked(TopicPartition partition) throws Exception {
            handler.revoked(partition);
        }

        @Override
        public void lost(TopicPartition partition) throws Exception {
            handler.lost(partition);
        }

        @Override
        public void close() throws Exception {
            handler.close();
        }
    }
}
