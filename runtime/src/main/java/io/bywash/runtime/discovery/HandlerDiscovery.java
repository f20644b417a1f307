package io.bywash.runtime.discovery;

import com.google.inject.Injector;
import io.bywash.runtime.config.HandlerJars;
import io.bywash.runtime.isolation.SharedPackages;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;

/** Looks for handlers. */
public final class HandlerDiscovery {
    private static final String APPLICATION = "the application";

    private final ClassLoader classPath;
    private final Surroundings surroundings;

    /**
     * Creates a discovery.
     *
     * @param classPath the class loader of the application
     * @param surroundings what handlers may ask for
     */
    public HandlerDiscovery(ClassLoader classPath, Surroundings surroundings) {
        this.classPath = classPath;
        this.surroundings = surroundings;
    }

    /**
     * Looks for handlers: first among the bindings of the application's injector, then on the class path, then in the folder. No
     * handler is created. A class that is in the folder too counts as the class path has it.
     *
     * @param jars where handler jars are
     * @param given handlers that the application handed over
     * @return what there is
     */
    public Discovered discover(HandlerJars jars, List<FoundHandler> given) {
        HandlersFolder folder = new HandlersFolder(classPath, SharedPackages.with(jars.parentFirst()));
        List<Place> dropped = folder.places(jars.folder());
        List<BrokenProvider> broken = new ArrayList<>(folder.broken());
        List<FoundHandler> handlers = new ArrayList<>(given);
        PlaceScan bound = new PlaceScan(new Place(APPLICATION, classPath, List.of(), List.of()), surroundings);
        for (Injector injector = surroundings.injector(); injector != null; injector = injector.getParent()) {
            bound.addBound(injector);
        }
        add(bound, List.copyOf(handlers), handlers, broken);
        for (Place place : Places.onClassPath(classPath)) {
            add(scanned(place), List.copyOf(handlers), handlers, broken);
        }
        // The same class in two jars of the folder is two versions of a handler, which the planner refuses.
        List<FoundHandler> application = List.copyOf(handlers);
        for (Place place : dropped) {
            add(scanned(place), application, handlers, broken);
        }
        return new Discovered(
                List.copyOf(handlers),
                List.copyOf(broken),
                dropped.stream().filter(Place::providesNothing).map(Place::name).toList(),
                List.copyOf(folder.copies()),
                dropped.stream().map(place -> (URLClassLoader) place.loader()).toList());
    }

    private PlaceScan scanned(Place place) {
        PlaceScan scan = new PlaceScan(place, surroundings);
        scan.run();
        return scan;
    }

    /** Adds what was found but for what is known, by name, since a jar's own loader makes another class of the same bytes. */
    private static void add(
            PlaceScan scan, List<FoundHandler> known, List<FoundHandler> handlers, List<BrokenProvider> broken) {
        scan.handlers().stream()
                .filter(found -> known.stream()
                        .noneMatch(other ->
                                other.type().getName().equals(found.type().getName())))
                .forEach(handlers::add);
        broken.addAll(scan.broken());
    }
}
