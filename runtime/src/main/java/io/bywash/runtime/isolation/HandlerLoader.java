package io.bywash.runtime.isolation;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/**
 * Loads the classes of one jar, or of one folder of jars, so that two jars may bring two versions of a library and neither minds
 * which one Bywash has. Asked first is the JDK, then for shared packages Bywash and for all others the jars, then the other of the
 * two. Any thread may call.
 */
public final class HandlerLoader extends URLClassLoader {
    private static final String SERVICES = "META-INF/services/";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader bywash;
    private final SharedPackages shared;

    /**
     * Creates a loader.
     *
     * @param name what it is called in stack traces
     * @param jars where its own classes are
     * @param bywash has the shared classes
     * @param shared which these are
     */
    public HandlerLoader(String name, List<URL> jars, ClassLoader bywash, SharedPackages shared) {
        super(name, jars.toArray(URL[]::new), bywash);
        this.bywash = bywash;
        this.shared = shared;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Optional<Class<?>> found = Optional.ofNullable(findLoadedClass(name));
            if (found.isEmpty() && !shared.contains(name)) {
                found = ownClass(name);
            }
            if (found.isEmpty()) {
                return super.loadClass(name, resolve);
            }
            if (resolve) {
                resolveClass(found.get());
            }
            return found.get();
        }
    }

    /** Returns the class of the JDK or else of the jars; nothing if neither has it. */
    private Optional<Class<?>> ownClass(String name) {
        // A copy of a JDK class, as xml-apis has some, would not be what the JDK's own methods take and return.
        try {
            return Optional.of(getPlatformClassLoader().loadClass(name));
        } catch (ClassNotFoundException e) {
            try {
                return Optional.of(findClass(name));
            } catch (ClassNotFoundException other) {
                return Optional.empty();
            }
        }
    }

    /** Resources, such as the settings of a library, belong to the classes beside them. */
    @Override
    public URL getResource(String name) {
        URL own = findResource(name);
        return own == null ? super.getResource(name) : own;
    }

    /** All of that name, those of the jars first; of service files only those whose providers can be of the service's type. */
    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> found = new ArrayList<>(Collections.list(findResources(name)));
        if (!name.startsWith(SERVICES) || !ownsClass(name.substring(SERVICES.length()))) {
            found.addAll(Collections.list(bywash.getResources(name)));
        }
        return Collections.enumeration(found);
    }

    private boolean ownsClass(String name) {
        return !shared.contains(name) && findResource(name.replace('.', '/') + ".class") != null;
    }
}
