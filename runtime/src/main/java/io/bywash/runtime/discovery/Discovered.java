package io.bywash.runtime.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLClassLoader;
import java.util.List;

/**
 * What was found.
 *
 * @param handlers the handlers, in the order of their places
 * @param broken what could not be used
 * @param empty the jars and folders of the handlers folder that provide nothing
 * @param copies what jars of the handlers folder bundle in vain
 * @param loaders the class loaders of the handlers folder
 */
public record Discovered(
        List<FoundHandler> handlers,
        List<BrokenProvider> broken,
        List<String> empty,
        List<BundledCopies> copies,
        List<URLClassLoader> loaders)
        implements AutoCloseable {

    /** Closes the jars of the handlers folder. Call it if no handler is created. */
    @Override
    public void close() {
        for (URLClassLoader loader : loaders) {
            try {
                loader.close();
            } catch (IOException e) {
                throw new UncheckedIOException("the jars of " + loader.getName() + " cannot be closed", e);
            }
        }
    }
}
