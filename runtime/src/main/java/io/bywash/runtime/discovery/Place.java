package io.bywash.runtime.discovery;

import java.net.URL;
import java.util.List;

/**
 * A jar, a folder of jars or a folder of classes that handlers come from. Its handlers and modules belong together: they share an
 * injector that other places do not see.
 *
 * @param name what it is called in messages
 * @param loader loads its classes
 * @param handlerFiles its service files that name handlers
 * @param moduleFiles its service files that name Guice modules
 */
record Place(String name, ClassLoader loader, List<URL> handlerFiles, List<URL> moduleFiles) {
    boolean providesNothing() {
        return handlerFiles.isEmpty() && moduleFiles.isEmpty();
    }
}
