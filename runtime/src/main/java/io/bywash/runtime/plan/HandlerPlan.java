package io.bywash.runtime.plan;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.discovery.FoundHandler;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A handler in a consumer.
 *
 * @param handler the handler
 * @param keys how its keys are decoded
 * @param values how its values are decoded
 */
public record HandlerPlan(FoundHandler handler, Decoder keys, Decoder values) {

    /**
     * Creates the handler and a deserialiser of each kind, so that none of them fails for the first time when records wait.
     *
     * @return the handler with its deserialisers
     * @throws io.bywash.runtime.discovery.BrokenHandlerException if the handler cannot be created
     * @throws IllegalStateException if a deserialiser cannot
     */
    public HandlerBinding<?, ?> bind() {
        if (handler.decoded().isPresent()) {
            return handler.decoded().get();
        }
        keys.deserializers().get().close();
        values.deserializers().get().close();
        return capture(handler.name(), handler.create());
    }

    @SuppressWarnings(
            "unchecked") // the decoders were chosen by the handler's type arguments, or by whoever configured them
    private <K, V> HandlerBinding<K, V> capture(String name, TopicHandler<K, V> created) {
        return new HandlerBinding<>(
                name, created, () -> (Deserializer<K>) keys.deserializers().get(), () ->
                        (Deserializer<V>) values.deserializers().get());
    }
}
