package io.bywash.core.failure;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A deserialiser that knows who used it. */
class Observed extends StringDeserializer {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger decoded = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Override
    public String deserialize(String topic, byte[] data) {
        threads.add(Thread.currentThread());
        decoded.incrementAndGet();
        return super.deserialize(topic, data);
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }

    Set<Thread> threads() {
        return threads;
    }

    int decoded() {
        return decoded.get();
    }

    int closed() {
        return closed.get();
    }
}
