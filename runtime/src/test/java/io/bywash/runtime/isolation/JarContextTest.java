package io.bywash.runtime.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JarContextTest {
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final ConsumerRecord<String, String> RECORD = new ConsumerRecord<>("orders", 0, 7, "k", "v");
    private static final HandlerContext NONE = (HandlerContext) Proxy.newProxyInstance(
            JarContextTest.class.getClassLoader(),
            new Class<?>[] {HandlerContext.class},
            (proxy, method, values) -> null);
    private static final List<String> LIFE = List.of("open", "assigned", "handle", "revoked", "lost", "close");

    private final ClassLoader jar = new ClassLoader(getClass().getClassLoader()) {};
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void theThreadHasItsOwnLoaderAgain() {
        assertSame(before, Thread.currentThread().getContextClassLoader());
    }

    private void note(String call) {
        assertSame(jar, Thread.currentThread().getContextClassLoader(), call);
        calls.add(call);
    }

    private void live(TopicHandler<String, String> handler) throws Exception {
        handler.open();
        handler.assigned(PARTITION);
        handler.handle(RECORD, NONE);
        handler.revoked(PARTITION);
        handler.lost(PARTITION);
        handler.close();
    }

    @Test
    void everyCallOfAHandlerIsMadeInIt() throws Exception {
        live(new JarContext(jar).around(new OneByOne()));
        assertEquals(LIFE, calls);
    }

    @Test
    void aHandlerOfStagesStaysOne() throws Exception {
        TopicHandler<String, String> handler = new JarContext(jar).around(new Staged());
        assertInstanceOf(AsyncTopicHandler.class, handler);
        live(handler);
        assertEquals(LIFE, calls);
    }

    @Test
    void aHandlerOfBatchesStaysOne() throws Exception {
        TopicHandler<String, String> handler = new JarContext(jar).around(new Batched());
        assertInstanceOf(BatchTopicHandler.class, handler);
        live(handler);
        assertEquals(LIFE, calls);
    }

    @Test
    void aFailurePassesThrough() {
        TopicHandler<String, String> failing = (record, context) -> {
            throw new java.io.IOException("disk full");
        };
        assertEquals(
                "disk full",
                assertThrows(
                                java.io.IOException.class,
                                () -> new JarContext(jar).around(failing).handle(RECORD, NONE))
                        .getMessage());
    }

    @Test
    void deserialisersOfTheJarAreCalledInIt() {
        JarContext context = new JarContext(getClass().getClassLoader());
        Deserializer<String> deserializer = context.around(Telling::new).get();
        Thread.currentThread().setContextClassLoader(jar);
        try {
            deserializer.configure(Map.of(), true);
            assertEquals("orders", deserializer.deserialize("orders", new byte[0]));
            deserializer.close();
            assertSame(jar, Thread.currentThread().getContextClassLoader());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void deserialisersOfKafkaAreLeftAsTheyAre() {
        assertInstanceOf(
                ByteArrayDeserializer.class,
                new JarContext(jar).around(ByteArrayDeserializer::new).get());
    }

    /** Fails unless the class loader of this test is the context class loader. */
    private static final class Telling implements Deserializer<String> {
        Telling() {
            check();
        }

        private static void check() {
            assertSame(Telling.class.getClassLoader(), Thread.currentThread().getContextClassLoader());
        }

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            check();
        }

        @Override
        public String deserialize(String topic, byte[] data) {
            check();
            return topic;
        }

        @Override
        public void close() {
            check();
        }
    }

    private class OneByOne implements TopicHandler<String, String> {
        @Override
        public void open() {
            note("open");
        }

        @Override
        public void assigned(TopicPartition partition) {
            note("assigned");
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) throws Exception {
            note("handle");
        }

        @Override
        public void revoked(TopicPartition partition) {
            note("revoked");
        }

        @Override
        public void lost(TopicPartition partition) {
            note("lost");
        }

        @Override
        public void close() {
            note("close");
        }
    }

    private final class Staged extends OneByOne implements AsyncTopicHandler<String, String> {
        @Override
        public CompletionStage<?> handleAsync(ConsumerRecord<String, String> record, HandlerContext context) {
            note("handle");
            return CompletableFuture.completedFuture("done");
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) throws Exception {
            AsyncTopicHandler.super.handle(record, context);
        }
    }

    private final class Batched extends OneByOne implements BatchTopicHandler<String, String> {
        @Override
        public void handleBatch(List<ConsumerRecord<String, String>> records, HandlerContext context) {
            note("handle");
        }

        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) throws Exception {
            BatchTopicHandler.super.handle(record, context);
        }
    }
}
