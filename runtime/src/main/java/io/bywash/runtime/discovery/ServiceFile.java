package io.bywash.runtime.discovery;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Shows a {@link ServiceLoader} a single service file, so that whatever goes wrong is known to come from it, and remembers the
 * class asked for last, which is the one that is broken when loading fails.
 */
final class ServiceFile extends ClassLoader {
    private static final String FOLDER = "META-INF/services/";

    private final URL file;
    private String lastAsked = "";

    ServiceFile(URL file, ClassLoader classes) {
        super(classes);
        this.file = file;
    }

    static String pathOf(Class<?> service) {
        return FOLDER + service.getName();
    }

    /** Finds what the file provides, without creating any of it. */
    <S> List<ServiceLoader.Provider<S>> providers(Class<S> service, Place place, List<BrokenProvider> broken) {
        List<ServiceLoader.Provider<S>> found = new ArrayList<>();
        Iterator<ServiceLoader.Provider<S>> providers =
                ServiceLoader.load(service, this).stream().iterator();
        boolean more = true;
        while (more) {
            try {
                more = providers.hasNext();
                if (more) {
                    found.add(providers.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(new BrokenProvider(place.name(), lastAsked.isEmpty() ? file.toString() : lastAsked, e));
            }
        }
        return found;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        lastAsked = name;
        return super.loadClass(name, resolve);
    }

    @Override
    public Enumeration<URL> getResources(String name) {
        return Collections.enumeration(List.of(file));
    }
}
