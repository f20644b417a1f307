package io.bywash.examples.guice;

import com.google.inject.Inject;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps greetings. Created by the application's injector, with whatever its constructor asks for. */
@Handles(name = "greeter", topics = "greetings")
public final class GreetingHandler implements TopicHandler<String, String> {
    private final Greetings greetings;

    @Inject
    GreetingHandler(Greetings greetings) {
        this.greetings = greetings;
    }

    @Override
    public void handle(ConsumerRecord<String, String> record, HandlerContext context) {
        greetings.add(record.key() + " says " + record.value());
    }
}
