package io.bywash.runtime.discovery;

import com.google.inject.Binding;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.spi.InstanceBinding;
import com.google.inject.spi.LinkedKeyBinding;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.isolation.JarContext;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds the handlers of one place. A class that its module binds is created by Guice, every other one by its constructor. */
final class PlaceScan {
    private final Place place;
    private final Surroundings surroundings;
    private final List<BrokenProvider> broken = new ArrayList<>();
    private final Map<Class<?>, FoundHandler> found = new LinkedHashMap<>();

    PlaceScan(Place place, Surroundings surroundings) {
        this.place = place;
        this.surroundings = surroundings;
    }

    /** Finds what the place itself offers. */
    void run() {
        Injector injector = new JarContext(place.loader()).get(() -> injector(modules()));
        if (!injector.equals(surroundings.injector())) {
            addBound(injector);
        }
        for (URL file : place.handlerFiles()) {
            addProvided(file, injector);
        }
    }

    List<FoundHandler> handlers() {
        return List.copyOf(found.values());
    }

    List<BrokenProvider> broken() {
        // A handler that wants its constructor injected need not have the one that ServiceLoader asks for.
        return broken.stream()
                .filter(provider ->
                        found.keySet().stream().noneMatch(type -> type.getName().equals(provider.what())))
                .toList();
    }

    private List<Module> modules() {
        List<Module> modules = new ArrayList<>();
        for (URL file : place.moduleFiles()) {
            for (ServiceLoader.Provider<Module> provider :
                    new ServiceFile(file, place.loader()).providers(Module.class, place, broken)) {
                try {
                    modules.add(provider.get());
                } catch (ServiceConfigurationError | LinkageError e) {
                    broken.add(new BrokenProvider(place.name(), provider.type().getName(), e));
                }
            }
        }
        return modules;
    }

    private Injector injector(List<Module> modules) {
        List<Module> all = new ArrayList<>(modules);
        all.add(surroundings.moduleFor(place.loader()));
        try {
            return surroundings.injector().createChildInjector(all);
        } catch (CreationException | LinkageError e) {
            String names =
                    modules.stream().map(module -> module.getClass().getName()).collect(Collectors.joining(", "));
            broken.add(new BrokenProvider(place.name(), "Guice module " + names, e));
            return surroundings.injector();
        }
    }

    private void addProvided(URL file, Injector injector) {
        for (ServiceLoader.Provider<?> provider :
                new ServiceFile(file, place.loader()).providers(TopicHandler.class, place, broken)) {
            found.computeIfAbsent(
                    provider.type(),
                    type -> FoundHandler.of(type, place.name(), () -> {
                        TopicHandler<?, ?> handler = (TopicHandler<?, ?>) provider.get();
                        injector.injectMembers(handler);
                        return handler;
                    }));
        }
    }

    /** Finds the handlers among what an injector has been told to bind. */
    void addBound(Injector injector) {
        for (Binding<?> binding : injector.getBindings().values()) {
            if (!TopicHandler.class.isAssignableFrom(
                    binding.getKey().getTypeLiteral().getRawType())) {
                continue;
            }
            try {
                addBound(binding, implementation(injector, binding));
            } catch (ConfigurationException | LinkageError e) {
                broken.add(new BrokenProvider(place.name(), binding.getKey().toString(), e));
            }
        }
    }

    private void addBound(Binding<?> binding, Class<?> type) {
        if (type.isInterface() || Modifier.isAbstract(type.getModifiers())) {
            broken.add(new BrokenProvider(
                    place.name(),
                    type.getName(),
                    new IllegalArgumentException(
                            "the binding at " + binding.getSource() + " does not say the class of the"
                                    + " handler; bind the class itself, as in bind(OrderHandler.class)")));
            return;
        }
        found.computeIfAbsent(
                type,
                key -> FoundHandler.of(key, place.name(), () ->
                        (TopicHandler<?, ?>) binding.getProvider().get()));
    }

    private static Class<?> implementation(Injector injector, Binding<?> binding) {
        if (binding instanceof LinkedKeyBinding<?> linked) {
            return implementation(injector, injector.getBinding(linked.getLinkedKey()));
        }
        if (binding instanceof InstanceBinding<?> instance) {
            return instance.getInstance().getClass();
        }
        return binding.getKey().getTypeLiteral().getRawType();
    }
}
