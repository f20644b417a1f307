package io.bywash.runtime.discovery;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;

/**
 * What handlers and their modules may ask for.
 *
 * @param injector knows what the application has bound
 * @param config the whole configuration
 * @param metrics where the consumers' metrics go
 */
public record Surroundings(Injector injector, Config config, MetricRegistry metrics) {

    /** Binds what the application has not bound itself. The configuration of a place includes the reference.conf of its jars. */
    Module moduleFor(ClassLoader loader) {
        return binder -> {
            if (isUnbound(Key.get(Config.class))) {
                binder.bind(Config.class).toInstance(configFor(loader));
            }
            if (isUnbound(Key.get(MetricRegistry.class))) {
                binder.bind(MetricRegistry.class).toInstance(metrics);
            }
        };
    }

    private boolean isUnbound(Key<?> key) {
        return injector.getExistingBinding(key) == null;
    }

    private Config configFor(ClassLoader loader) {
        Config defaults = ConfigFactory.parseResources(
                "reference.conf", ConfigParseOptions.defaults().setClassLoader(loader));
        return config.withFallback(defaults)
                .resolve(ConfigResolveOptions.defaults().setAllowUnresolved(true));
    }
}
