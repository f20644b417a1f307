package io.bywash.simulation.workload;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.simulation.oracle.Notice;
import io.bywash.simulation.oracle.Oracle;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A handler that the simulation knows nothing of, and the oracle is told of.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value
 */
public final class ToldHandler<K, V> implements TopicHandler<K, V> {
    private final String process;
    private final Oracle oracle;
    private final TopicHandler<K, V> handler;

    /**
     * Wraps the handler of a process.
     *
     * @param process the name of the process
     * @param oracle is told
     * @param handler does the work
     */
    public ToldHandler(String process, Oracle oracle, TopicHandler<K, V> handler) {
        this.process = process;
        this.oracle = oracle;
        this.handler = handler;
    }

    @Override
    public void open() throws Exception {
        handler.open();
    }

    @Override
    public void handle(ConsumerRecord<K, V> record, HandlerContext context) throws Exception {
        try {
            handler.handle(record, context);
        } catch (Exception | Error failure) {
            oracle.attempted(process, record, context.attempt(), Optional.of(failure));
            throw failure;
        }
        oracle.attempted(process, record, context.attempt(), Optional.empty());
    }

    @Override
    public void assigned(TopicPartition partition) throws Exception {
        oracle.told(process, partition, Notice.ASSIGNED);
        handler.assigned(partition);
    }

    @Override
    public void revoked(TopicPartition partition) throws Exception {
        oracle.told(process, partition, Notice.REVOKED);
        handler.revoked(partition);
    }

    @Override
    public void lost(TopicPartition partition) throws Exception {
        oracle.told(process, partition, Notice.LOST);
        handler.lost(partition);
    }

    @Override
    public void close() throws Exception {
        handler.close();
    }
}
