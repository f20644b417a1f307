package io.bywash.dev;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps every record until the slow order is through once, as if that held up all others. Found by name only. */
@Handles(name = "stalling")
public final class StallingHandler implements TopicHandler<String, byte[]> {
    private final CountDownLatch slowIsThrough = new CountDownLatch(1);

    @Override
    public void handle(ConsumerRecord<String, byte[]> record, HandlerContext context) throws InterruptedException {
        if (SlowOrder.ID.equals(record.key())) {
            slowIsThrough.countDown();
        }
        slowIsThrough.await();
    }
}
