package io.bywash.runtime.isolation;

import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.TopicHandler;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Makes a class loader the context class loader of a thread for one call. Libraries look their plug-ins up through it. Any thread may
 * use it.
 *
 * @param loader the class loader
 */
public record JarContext(ClassLoader loader) {

    /**
     * Makes a call.
     *
     * @param work the call
     * @return what it returns
     * @param <T> the type of that
     */
    public <T> T get(Supplier<T> work) {
        ClassLoader before = enter();
        try {
            return work.get();
        } finally {
            leave(before);
        }
    }

    /** The same for a call that may fail. */
    <T> T call(Callable<T> work) throws Exception {
        ClassLoader before = enter();
        try {
            return work.call();
        } finally {
            leave(before);
        }
    }

    /** The same for a call that returns nothing. */
    void run(Work work) throws Exception {
        ClassLoader before = enter();
        try {
            work.run();
        } finally {
            leave(before);
        }
    }

    private ClassLoader enter() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        return before;
    }

    private static void leave(ClassLoader before) {
        Thread.currentThread().setContextClassLoader(before);
    }

    /**
     * Has every call of a handler made in this context.
     *
     * @param handler the handler
     * @return a handler of the same shape
     * @param <K> the type of the key
     * @param <V> the type of the value
     */
    public <K, V> TopicHandler<K, V> around(TopicHandler<K, V> handler) {
        if (handler instanceof AsyncTopicHandler<K, V> stages) {
            return new AsyncHandlerInContext<>(stages, new LifeInContext(handler, this));
        }
        if (handler instanceof BatchTopicHandler<K, V> batches) {
            return new BatchHandlerInContext<>(batches, new LifeInContext(handler, this));
        }
        return new HandlerInContext<>(handler, new LifeInContext(handler, this));
    }

    /**
     * Has deserialisers made in this context, and those that come from the jar itself called in it. Others, such as Kafka's own, are
     * left as they are: the engine knows them and spares what they do.
     *
     * @param deserializers makes deserialisers
     * @return the same, in this context
     * @param <T> what they make of bytes
     */
    public <T> Supplier<Deserializer<T>> around(Supplier<? extends Deserializer<T>> deserializers) {
        return () -> {
            Deserializer<T> made = get(deserializers::get);
            return loader.equals(made.getClass().getClassLoader()) ? new DeserializerInContext<>(made, this) : made;
        };
    }

    /** Something that may fail. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }
}
