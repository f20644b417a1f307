package io.bywash.chaos.worker;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The handler as an installation finds it. Any thread. */
@Handles(name = InstalledHandler.NAME)
public final class InstalledHandler implements TopicHandler<byte[], byte[]> {
    /** The name that configuration knows it by. */
    public static final String NAME = "journaling";

    private static final int WORK_MICROS = 1_000;

    private final JournalingHandler handler = new JournalingHandler(Journal.ofProcess(), WORK_MICROS);

    /** Creates the handler, as {@link java.util.ServiceLoader} does. */
    public InstalledHandler() {}

    @Override
    public void assigned(TopicPartition partition) {
        handler.assigned(partition);
    }

    @Override
    public void revoked(TopicPartition partition) {
        handler.revoked(partition);
    }

    @Override
    public void lost(TopicPartition partition) {
        handler.lost(partition);
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> record, HandlerContext context) throws InterruptedException {
        handler.handle(record, context);
    }
}
