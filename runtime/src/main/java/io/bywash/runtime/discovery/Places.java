package io.bywash.runtime.discovery;

import com.google.inject.Module;
import io.bywash.handler.TopicHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds the places of the class path that may hold handlers. */
final class Places {
    static final String HANDLERS = ServiceFile.pathOf(TopicHandler.class);
    static final String MODULES = ServiceFile.pathOf(Module.class);

    private Places() {}

    /** Finds every jar and folder of the class path that provides something. */
    static List<Place> onClassPath(ClassLoader loader) {
        try {
            Map<String, List<URL>> handlers = byLocation(Collections.list(loader.getResources(HANDLERS)), HANDLERS);
            Map<String, List<URL>> modules = byLocation(Collections.list(loader.getResources(MODULES)), MODULES);
            Map<String, Place> places = new TreeMap<>();
            Stream.of(handlers, modules)
                    .flatMap(found -> found.keySet().stream())
                    .forEach(location -> places.put(
                            location,
                            new Place(
                                    readable(location),
                                    loader,
                                    handlers.getOrDefault(location, List.of()),
                                    modules.getOrDefault(location, List.of()))));
            return List.copyOf(places.values());
        } catch (IOException e) {
            throw new UncheckedIOException("the class path cannot be searched for handlers", e);
        }
    }

    private static Map<String, List<URL>> byLocation(List<URL> files, String path) {
        Map<String, List<URL>> found = new TreeMap<>();
        for (URL file : files) {
            String text = file.toString();
            found.computeIfAbsent(text.substring(0, text.length() - path.length()), key -> new ArrayList<>())
                    .add(file);
        }
        return found;
    }

    private static String readable(String location) {
        String path = location.replaceFirst("^jar:", "").replaceFirst("^file:", "");
        return path.replaceFirst("!/$", "").replaceFirst("/$", "");
    }
}
