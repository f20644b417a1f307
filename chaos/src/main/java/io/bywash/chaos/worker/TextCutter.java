package io.bywash.chaos.worker;

import io.bywash.core.clients.KafkaClients;
import io.bywash.core.clients.PlainKafkaClients;
import io.bywash.core.clients.TopicAdmin;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;

/** Clients that commit offsets without the text beside them. Any thread. */
final class TextCutter implements KafkaClients {
    private final KafkaClients plain = new PlainKafkaClients();

    @Override
    @SuppressWarnings("unchecked") // a proxy of this interface is one, whatever its type arguments
    public Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
        Consumer<byte[], byte[]> consumer = plain.consumer(properties);
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                TextCutter.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                (self, method, arguments) -> invoke(consumer, method, arguments));
    }

    private static Object invoke(Consumer<byte[], byte[]> consumer, Method method, Object[] arguments)
            throws Throwable {
        Object[] passed = method.getName().startsWith("commit")
                ? Arrays.stream(arguments).map(TextCutter::withoutText).toArray()
                : arguments;
        try {
            return method.invoke(consumer, passed);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Object withoutText(Object argument) {
        if (!(argument instanceof Map<?, ?> offsets)) {
            return argument;
        }
        Map<Object, Object> bare = new HashMap<>();
        offsets.forEach((partition, offset) -> bare.put(
                partition,
                new OffsetAndMetadata(
                        ((OffsetAndMetadata) offset).offset(), ((OffsetAndMetadata) offset).leaderEpoch(), "")));
        return bare;
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        return plain.producer(properties);
    }

    @Override
    public TopicAdmin admin(Map<String, Object> properties) {
        return plain.admin(properties);
    }
}
