package io.bywash.runtime;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.Guice;
import com.typesafe.config.Config;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.config.ConfigLoader;
import io.bywash.runtime.discovery.FoundHandler;
import io.bywash.runtime.discovery.Surroundings;
import io.bywash.runtime.plan.Preparation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Describes an application to embed. Everything has a default: the configuration is {@code application.conf}, and the handlers are
 * those of the class path and of the handlers folder. Not thread-safe.
 */
public final class BywashBuilder {
    private static final String APPLICATION = "the application";

    private final List<FoundHandler> handlers = new ArrayList<>();
    private final List<BywashListener> listeners = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>();
    private Optional<Config> config = Optional.empty();
    private ClassLoader classPath = Thread.currentThread().getContextClassLoader();
    private MetricRegistry metrics = new MetricRegistry();
    private HandlerWrapper wrapper = HandlerWrapper.NONE;

    BywashBuilder() {}

    /**
     * Sets the configuration. The defaults of {@code reference.conf} are put behind it.
     *
     * @param whole the configuration, with the object {@code bywash}
     * @return this
     */
    public BywashBuilder config(Config whole) {
        config = Optional.of(whole);
        return this;
    }

    /**
     * Adds a handler whose class says which types it takes. It needs a consumer as any other does: a block that names it, or
     * topics that its class declares. One instance can be in one consumer only.
     *
     * @param handler the handler
     * @return this
     */
    public BywashBuilder handler(TopicHandler<?, ?> handler) {
        handlers.add(FoundHandler.of(handler, APPLICATION));
        return this;
    }

    /**
     * Adds a handler with its deserialisers.
     *
     * @param binding the handler, by whose name configuration refers to it
     * @return this
     */
    public BywashBuilder handler(HandlerBinding<?, ?> binding) {
        handlers.add(FoundHandler.of(binding, APPLICATION));
        return this;
    }

    /**
     * Adds a listener.
     *
     * @param listener receives the events of all consumers
     * @return this
     */
    public BywashBuilder listener(BywashListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Adds an extension made by the application. It takes the place of the one of the same name on the class path.
     *
     * @param extension the extension
     * @return this
     */
    public BywashBuilder extension(Extension extension) {
        extensions.add(extension);
        return this;
    }

    /**
     * Puts something round every handler.
     *
     * @param around what to put round it
     * @return this
     */
    public BywashBuilder wrap(HandlerWrapper around) {
        wrapper = around;
        return this;
    }

    /**
     * Says where metrics go; by default to a registry nobody sees.
     *
     * @param registry the registry
     * @return this
     */
    public BywashBuilder metrics(MetricRegistry registry) {
        metrics = registry;
        return this;
    }

    /**
     * Says where handlers, {@code application.conf} and {@code reference.conf} are looked for; by default with the context class
     * loader of the thread that made this builder.
     *
     * @param loader the class loader of the application
     * @return this
     */
    public BywashBuilder classPath(ClassLoader loader) {
        classPath = loader;
        return this;
    }

    /**
     * Reads the configuration, looks for handlers and plans, without creating any of it.
     *
     * @return all that is known, and what is wrong
     */
    public Preparation prepare() {
        Preparation preparation = found();
        // They say what is wrong with their settings, and are made again by whoever builds.
        Extensions.find(classPath, extensions, preparation);
        return preparation;
    }

    private Preparation found() {
        Config whole = config.orElseGet(() -> new ConfigLoader(classPath).load(Optional.empty()));
        return Preparation.of(classPath, new Surroundings(Guice.createInjector(), whole, metrics), handlers);
    }

    /**
     * Creates the consumers and their handlers without starting them.
     *
     * @return the application
     * @throws io.bywash.runtime.config.InvalidConfigurationException with everything that is wrong
     * @throws io.bywash.runtime.discovery.BrokenHandlerException if a handler that is needed cannot be created
     */
    public Bywash build() {
        Preparation preparation = found();
        Extensions all = Extensions.find(classPath, extensions, preparation);
        return Bywash.of(preparation, new ConsumerFactory(metrics, listeners, all.around(wrapper)), all);
    }

    /**
     * Creates the consumers and starts them.
     *
     * @return the running application
     * @throws io.bywash.core.event.ConsumerFailedException if a handler does not open
     */
    public Bywash start() {
        Bywash bywash = build();
        bywash.start();
        return bywash;
    }
}
