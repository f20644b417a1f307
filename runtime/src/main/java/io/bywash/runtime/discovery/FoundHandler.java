package io.bywash.runtime.discovery;

import com.google.inject.ProvisionException;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.isolation.HandlerLoader;
import io.bywash.runtime.isolation.JarContext;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;

/**
 * A handler that can be run.
 *
 * @param name its name
 * @param type its class
 * @param place the jar or folder it comes from
 * @param creation creates an instance, or returns the only one
 * @param decoded the handler with its deserialisers, if it was given with them
 */
public record FoundHandler(
        String name,
        Class<?> type,
        String place,
        Supplier<? extends TopicHandler<?, ?>> creation,
        Optional<HandlerBinding<?, ?>> decoded) {

    /**
     * Describes a handler that was given with its deserialisers.
     *
     * @param binding the handler
     * @param place where it comes from
     * @return the description
     */
    public static FoundHandler of(HandlerBinding<?, ?> binding, String place) {
        return new FoundHandler(
                binding.name(), binding.handler().getClass(), place, binding::handler, Optional.of(binding));
    }

    /**
     * Describes an instance whose class says which types it takes.
     *
     * @param handler the instance
     * @param place where it comes from
     * @return the description
     */
    public static FoundHandler of(TopicHandler<?, ?> handler, String place) {
        return of(handler.getClass(), place, () -> handler);
    }

    static FoundHandler of(Class<?> type, String place, Supplier<? extends TopicHandler<?, ?>> creation) {
        return new FoundHandler(HandlerBinding.nameOf(type), type, place, creation, Optional.empty());
    }

    /**
     * Returns the topics the handler declares.
     *
     * @return the topics of {@link Handles}; empty if it declares none
     */
    public List<String> topics() {
        Handles handles = type.getAnnotation(Handles.class);
        return handles == null ? List.of() : List.of(handles.topics());
    }

    /**
     * Returns the context that its calls need.
     *
     * @return the context of its jar; empty for a handler of the application, whose threads have the right one
     */
    public Optional<JarContext> context() {
        return type.getClassLoader() instanceof HandlerLoader loader
                ? Optional.of(new JarContext(loader))
                : Optional.empty();
    }

    /**
     * Creates the handler. Its class loader is the context class loader meanwhile.
     *
     * @return the handler
     * @throws BrokenHandlerException if its constructor or its injection fails
     */
    public TopicHandler<?, ?> create() {
        try {
            return new JarContext(type.getClassLoader()).get(creation);
        } catch (ProvisionException | ServiceConfigurationError e) {
            throw new BrokenHandlerException(this, e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException | LinkageError e) {
            throw new BrokenHandlerException(this, e);
        }
    }
}
