package io.bywash.core.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.UUIDDeserializer;
import org.junit.jupiter.api.Test;

/** The types a handler takes are read from its class, and choose the deserialisers. */
class HandlerTypesTest {

    private abstract static class Base<A, B> implements TopicHandler<B, A> {
        @Override
        public void handle(ConsumerRecord<B, A> record, HandlerContext context) {}
    }

    private static class Middle<T> extends Base<T, UUID> {}

    private static final class Swapped extends Middle<String> {}

    private static final class Lists extends Base<List<String>, String> {}

    @Handles(topics = "orders", name = "the-orders")
    private static final class Named extends Base<String, String> {}

    @Test
    void readsThemThroughSuperclasses() {
        assertEquals(new HandlerTypes(UUID.class, String.class), HandlerTypes.of(Swapped.class));
        HandlerBinding<?, ?> binding = HandlerBinding.of(new Swapped());
        assertInstanceOf(UUIDDeserializer.class, binding.keys().get());
        assertInstanceOf(StringDeserializer.class, binding.values().get());
    }

    @Test
    void refusesAClassThatLeavesThemOpen() {
        TopicHandler<String, String> lambda = (record, context) -> {};
        refused(() -> HandlerBinding.of(lambda), "key type", "deserialisers");
        refused(() -> HandlerBinding.of(new Middle<String>()), "value type", Middle.class.getName(), "concrete types");
    }

    @Test
    void refusesATypeWithoutAStandardDeserialiser() {
        refused(
                () -> HandlerBinding.of(new Lists()),
                "value type",
                "java.util.List<java.lang.String>",
                Lists.class.getName(),
                "UUID");
    }

    @Test
    void namesHandlers() {
        assertEquals("the-orders", HandlerBinding.nameOf(Named.class));
        assertEquals("swapped", HandlerBinding.nameOf(Swapped.class));
        assertEquals("handler-types-test", HandlerBinding.nameOf(HandlerTypesTest.class));
        TopicHandler<String, String> lambda = (record, context) -> {};
        assertEquals("handler", HandlerBinding.nameOf(lambda.getClass()));
    }

    @Test
    void routesByTopicAndOtherwise() {
        HandlerBinding<?, ?> orders = HandlerBinding.of(new Named());
        HandlerBinding<?, ?> rest = HandlerBinding.of(new Swapped());
        HandlerRoutes routes = new HandlerRoutes(Map.of("orders", orders), Optional.of(rest));
        assertEquals(orders, routes.forTopic("orders"));
        assertEquals(rest, routes.forTopic("returns"));
        assertEquals(List.of(orders, rest), List.copyOf(routes.all()));
        HandlerRoutes only = new HandlerRoutes(Map.of("orders", orders), Optional.empty());
        refused(() -> only.forTopic("returns"), "returns", "those there are take orders;", "add one");
        HandlerRoutes none = new HandlerRoutes(Map.of(), Optional.empty());
        refused(() -> none.forTopic("returns"), "returns", "; none was given;");
    }

    @Test
    void namesTheShapeWhoseTypesAreOpen() {
        AsyncTopicHandler<String, String> asynchronous = (record, context) -> CompletableFuture.completedFuture(null);
        refused(() -> HandlerBinding.of(asynchronous), "implement AsyncTopicHandler with concrete types");
        BatchTopicHandler<String, String> batch = (records, context) -> {};
        refused(() -> HandlerBinding.of(batch), "implement BatchTopicHandler with concrete types");
    }

    private static void refused(org.junit.jupiter.api.function.Executable attempt, String... parts) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, attempt);
        for (String part : parts) {
            assertTrue(refusal.getMessage().contains(part), refusal::getMessage);
        }
    }
}
