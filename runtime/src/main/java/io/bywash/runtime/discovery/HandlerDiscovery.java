package io.bywash.runtime.discovery;

import com.google.inject.Injector;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
     * handler is created. A class that is in several places counts where it is found first.
     *
     * @param folder the folder of handler jars; it need not exist
     * @param given handlers that the application handed over
     * @return what there is
     */
    public Discovered discover(Path folder, List<FoundHandler> given) {
        List<BrokenProvider> broken = new ArrayList<>();
        List<Place> places = new ArrayList<>(Places.onClassPath(classPath));
        List<Place> dropped = Files.isDirectory(folder) ? Places.inFolder(folder, classPath, broken) : List.of();
        places.addAll(dropped);
        List<FoundHandler> handlers = new ArrayList<>(given);
        Place application = new Place(APPLICATION, classPath, List.of(), List.of());
        PlaceScan bound = new PlaceScan(application, surroundings);
        for (Injector injector = surroundings.injector(); injector != null; injector = injector.getParent()) {
            bound.addBound(injector);
        }
        collect(bound, handlers, broken);
        for (Place place : places) {
            PlaceScan scan = new PlaceScan(place, surroundings);
            scan.run();
            collect(scan, handlers, broken);
        }
        return new Discovered(
                List.copyOf(handlers),
                List.copyOf(broken),
                dropped.stream().filter(Place::providesNothing).map(Place::name).toList(),
                dropped.stream().map(place -> (URLClassLoader) place.loader()).toList());
    }

    private static void collect(PlaceScan scan, List<FoundHandler> handlers, List<BrokenProvider> broken) {
        Set<Class<?>> known = new HashSet<>();
        handlers.forEach(handler -> known.add(handler.type()));
        scan.handlers().stream().filter(handler -> known.add(handler.type())).forEach(handlers::add);
        broken.addAll(scan.broken());
    }
}
