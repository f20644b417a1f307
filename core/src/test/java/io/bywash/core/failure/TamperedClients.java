package io.bywash.core.failure;

import io.bywash.core.clients.KafkaClients;
import io.bywash.core.clients.TopicAdmin;
import io.bywash.core.environment.Environment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.ClusterResourceListener;

/** Clients of which the consumer answers some calls otherwise. */
record TamperedClients(Map<String, Answer> answers) implements KafkaClients {

    /** What a call is answered with instead; nothing if the client is to answer. */
    @FunctionalInterface
    interface Answer {
        Optional<Object> get();
    }

    @Override
    @SuppressWarnings("unchecked") // the proxy stands for a consumer of bytes
    public Consumer<byte[], byte[]> consumer(Map<String, Object> properties, ClusterResourceListener cluster) {
        Consumer<byte[], byte[]> real = Environment.system().clients().consumer(properties, cluster);
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                TamperedClients.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, arguments) -> {
                    Optional<Object> answer = Stream.ofNullable(answers.get(method.getName()))
                            .flatMap(one -> one.get().stream())
                            .findFirst();
                    try {
                        return answer.isPresent() ? answer.get() : method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public Producer<byte[], byte[]> producer(Map<String, Object> properties) {
        return Environment.system().clients().producer(properties);
    }

    @Override
    public TopicAdmin admin(Map<String, Object> properties) {
        return Environment.system().clients().admin(properties);
    }
}
