package io.bywash.runtime.isolation;

import io.bywash.handler.TopicHandler;
import org.apache.kafka.common.TopicPartition;

/** The calls that handlers of every shape get besides records. */
record LifeInContext(TopicHandler<?, ?> handler, JarContext context) {
    void open() throws Exception {
        context.run(handler::open);
    }

    void assigned(TopicPartition partition) throws Exception {
        context.run(() -> handler.assigned(partition));
    }

    void revoked(TopicPartition partition) throws Exception {
        context.run(() -> handler.revoked(partition));
    }

    void lost(TopicPartition partition) throws Exception {
        context.run(() -> handler.lost(partition));
    }

    void close() throws Exception {
        context.run(handler::close);
    }
}
