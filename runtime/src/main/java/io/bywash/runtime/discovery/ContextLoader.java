package io.bywash.runtime.discovery;

import java.util.function.Supplier;

/** Makes a class loader the context class loader of this thread for one call. Libraries look their plug-ins up through it. */
final class ContextLoader {
    private ContextLoader() {}

    static <T> T call(ClassLoader loader, Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
