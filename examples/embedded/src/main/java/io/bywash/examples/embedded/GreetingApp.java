package io.bywash.examples.embedded;

import io.bywash.core.GroupConsumer;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Prints what comes in on the topic {@code greetings} of the broker that its one argument names. */
public final class GreetingApp {
    private GreetingApp() {}

    /** Prints a greeting. */
    static final class GreetingHandler implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
            System.out.println(record.key() + " says " + record.value());
        }
    }

    static GroupConsumer start(String bootstrapServers) {
        return GroupConsumer.builder()
                .group("greeter")
                .topics("greetings")
                .kafka(Map.of("bootstrap.servers", bootstrapServers))
                .handler(new GreetingHandler())
                .start();
    }

    /**
     * Runs until the consumer ends, which a failure makes it do.
     *
     * @param arguments where the broker is, as {@code host:port}
     * @throws InterruptedException if the main thread is interrupted
     */
    public static void main(String[] arguments) throws InterruptedException {
        GroupConsumer consumer = start(arguments[0]);
        Runtime.getRuntime().addShutdownHook(new Thread(consumer::close));
        consumer.awaitEnd(Duration.ofDays(365));
    }
}
