package io.bywash.distribution;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.NonRetriableException;
import io.bywash.handler.TopicHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Does as its records say: {@code poison} fails, and {@code wait PATH} takes until there is such a file. */
@Handles(name = "troublesome")
public final class TroublesomeHandler implements TopicHandler<String, String> {
    private static final long LOOK_NANOS = 20_000_000;
    private static final String WAIT = "wait ";

    /** Creates the handler. */
    public TroublesomeHandler() {}

    @Override
    public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
        if (record.value().equals("poison")) {
            throw new NonRetriableException("the value is poison");
        }
        while (record.value().startsWith(WAIT)
                && !Files.exists(Path.of(record.value().substring(WAIT.length())))) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
