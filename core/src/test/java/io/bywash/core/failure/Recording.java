package io.bywash.core.failure;

import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes down what it is given before it does what the test wants. */
final class Recording implements TopicHandler<String, String> {
    private final TopicHandler<String, String> body;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** One call of {@link #handle}. */
    record Call(int partition, String value, int attempt) {}

    Recording(TopicHandler<String, String> body) {
        this.body = body;
    }

    @Override
    public void handle(ConsumerRecord<String, String> record, HandlerContext context) throws Exception {
        calls.add(new Call(record.partition(), record.value(), context.attempt()));
        body.handle(record, context);
    }

    List<Call> calls() {
        return calls;
    }

    /** The calls for one partition as {@code value/attempt}, in their order. */
    List<String> of(int partition) {
        return calls.stream()
                .filter(call -> call.partition() == partition)
                .map(call -> call.value() + "/" + call.attempt())
                .toList();
    }

    void awaitCalls(int partition, String... expected) {
        List<String> all = List.of(expected);
        Eventually.holds(
                () -> "calls for partition " + partition + " are " + all + ", but were " + of(partition),
                () -> of(partition).size() >= all.size());
    }
}
