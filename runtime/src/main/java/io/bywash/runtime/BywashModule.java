package io.bywash.runtime;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.AbstractModule;
import com.google.inject.Injector;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import com.typesafe.config.Config;
import io.bywash.runtime.config.ConfigLoader;
import io.bywash.runtime.discovery.Surroundings;
import io.bywash.runtime.plan.Preparation;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Provides {@link Bywash} to a Guice application. Every handler class that the application binds takes part, created by its
 * injector:
 *
 * <pre>{@code
 * Injector injector = Guice.createInjector(new BywashModule(), binder -> binder.bind(OrderHandler.class));
 * Bywash bywash = injector.getInstance(Bywash.class);
 * bywash.start();
 * }</pre>
 *
 * <p>If the application binds a {@link Config} or a {@link MetricRegistry}, they are used; otherwise the configuration is
 * {@code application.conf}. {@link BywashListener}s and {@link Extension}s are contributed through {@code Multibinder}s. Whoever starts the application
 * closes it.
 */
public final class BywashModule extends AbstractModule {

    /** Creates the module. */
    public BywashModule() {}

    @Override
    protected void configure() {
        OptionalBinder.newOptionalBinder(binder(), Config.class);
        OptionalBinder.newOptionalBinder(binder(), MetricRegistry.class);
        Multibinder.newSetBinder(binder(), BywashListener.class);
        Multibinder.newSetBinder(binder(), Extension.class);
    }

    @Provides
    @Singleton
    Bywash bywash(
            Injector injector,
            Optional<Config> config,
            Optional<MetricRegistry> metrics,
            Set<BywashListener> listeners,
            Set<Extension> given) {
        ClassLoader classPath = Thread.currentThread().getContextClassLoader();
        Config whole = config.orElseGet(() -> new ConfigLoader(classPath).load(Optional.empty()));
        MetricRegistry registry = metrics.orElseGet(MetricRegistry::new);
        Preparation preparation = Preparation.of(classPath, new Surroundings(injector, whole, registry), List.of());
        Extensions extensions = Extensions.find(classPath, given, preparation);
        ConsumerFactory factory = new ConsumerFactory(registry, listeners, extensions.around(HandlerWrapper.NONE));
        return Bywash.of(preparation, factory, extensions);
    }
}
