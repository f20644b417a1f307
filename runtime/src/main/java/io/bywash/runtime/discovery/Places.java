package io.bywash.runtime.discovery;

import com.google.inject.Module;
import io.bywash.handler.TopicHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Finds the places that may hold handlers. */
final class Places {
    private static final String JAR = ".jar";
    private static final String HANDLERS = ServiceFile.pathOf(TopicHandler.class);
    private static final String MODULES = ServiceFile.pathOf(Module.class);

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

    /** Finds the jars, and the folders of jars, in a folder. Each has a class loader of its own. */
    static List<Place> inFolder(Path folder, ClassLoader parent, List<BrokenProvider> broken) {
        List<Place> places = new ArrayList<>();
        for (Path entry : sorted(folder)) {
            List<Path> jars = Files.isDirectory(entry)
                    ? sorted(entry).stream().filter(Places::isJar).toList()
                    : Stream.of(entry).filter(Places::isJar).toList();
            if (!jars.isEmpty() || Files.isDirectory(entry)) {
                place(entry, jars, parent, broken).ifPresent(places::add);
            }
        }
        return places;
    }

    private static boolean isJar(Path path) {
        return path.getFileName().toString().endsWith(JAR) && Files.isRegularFile(path);
    }

    private static List<Path> sorted(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be read", e);
        }
    }

    private static Optional<Place> place(Path entry, List<Path> jars, ClassLoader parent, List<BrokenProvider> broken) {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            // A class loader silently passes over a file that is no jar, and its handlers would just not be there.
            try {
                new ZipFile(jar.toFile()).close();
                urls.add(jar.toUri().toURL());
            } catch (IOException e) {
                broken.add(
                        new BrokenProvider(entry.toString(), jar.getFileName().toString(), e));
            }
        }
        if (urls.isEmpty() && !jars.isEmpty()) {
            return Optional.empty();
        }
        URLClassLoader loader = new URLClassLoader(entry.getFileName().toString(), urls.toArray(URL[]::new), parent);
        return Optional.of(new Place(entry.toString(), loader, own(loader, HANDLERS), own(loader, MODULES)));
    }

    private static List<URL> own(URLClassLoader loader, String path) {
        try {
            return Collections.list(loader.findResources(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the jars of " + loader.getName() + " cannot be searched for " + path, e);
        }
    }
}
