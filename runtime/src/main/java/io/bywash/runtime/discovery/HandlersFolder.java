package io.bywash.runtime.discovery;

import io.bywash.runtime.isolation.HandlerLoader;
import io.bywash.runtime.isolation.SharedPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** Finds the jars, and the folders of jars, in the handlers folder. */
final class HandlersFolder {
    private static final String JAR = ".jar";

    private final ClassLoader bywash;
    private final SharedPackages shared;
    private final List<BrokenProvider> broken = new ArrayList<>();
    private final List<BundledCopies> copies = new ArrayList<>();

    HandlersFolder(ClassLoader bywash, SharedPackages shared) {
        this.bywash = bywash;
        this.shared = shared;
    }

    /** Finds what is there. Each jar and each folder has a class loader of its own. */
    List<Place> places(Path folder) {
        List<Place> places = new ArrayList<>();
        for (Path entry : Files.isDirectory(folder) ? sorted(folder) : List.<Path>of()) {
            List<Path> jars = Files.isDirectory(entry)
                    ? sorted(entry).stream().filter(HandlersFolder::isJar).toList()
                    : Stream.of(entry).filter(HandlersFolder::isJar).toList();
            if (!jars.isEmpty() || Files.isDirectory(entry)) {
                place(entry, jars).ifPresent(places::add);
            }
        }
        return places;
    }

    /** Returns the files found so far that are no jars though they are called so. */
    List<BrokenProvider> broken() {
        return broken;
    }

    /** Returns what was found so far that had better not be there. */
    List<BundledCopies> copies() {
        return copies;
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

    private Optional<Place> place(Path entry, List<Path> jars) {
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars) {
            // A class loader silently passes over a file that is no jar, and its handlers would just not be there.
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                Set<String> copied = shared.copiedIn(zip, bywash);
                if (!copied.isEmpty()) {
                    copies.add(new BundledCopies(jar.toString(), copied));
                }
                urls.add(jar.toUri().toURL());
            } catch (IOException e) {
                broken.add(
                        new BrokenProvider(entry.toString(), jar.getFileName().toString(), e));
            }
        }
        if (urls.isEmpty() && !jars.isEmpty()) {
            return Optional.empty();
        }
        HandlerLoader loader = new HandlerLoader(entry.getFileName().toString(), urls, bywash, shared);
        return Optional.of(
                new Place(entry.toString(), loader, own(loader, Places.HANDLERS), own(loader, Places.MODULES)));
    }

    private static List<URL> own(URLClassLoader loader, String path) {
        try {
            return Collections.list(loader.findResources(path));
        } catch (IOException e) {
            throw new UncheckedIOException("the jars of " + loader.getName() + " cannot be searched for " + path, e);
        }
    }
}
