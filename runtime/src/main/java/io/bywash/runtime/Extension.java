package io.bywash.runtime;

import io.bywash.runtime.config.Section;

/**
 * Something that stands beside the consumers of an application. Found by {@link java.util.ServiceLoader} on the class path of the
 * application, so that its jar alone switches it on.
 *
 * <p>Its settings are the object {@code bywash.}<em>name</em>; the {@code reference.conf} of its jar has their defaults.
 */
public interface Extension {

    /**
     * Returns the name.
     *
     * @return the key under {@code bywash} that belongs to this extension, such as {@code console}
     */
    String name();

    /**
     * Reads the settings. Must not open, bind or start anything: it is called by {@code lint} and {@code explain} as well.
     *
     * @param settings the object of this extension; what is wrong with it goes to its problems, and {@link Section#refuseUnknown} is
     *     called afterwards
     * @return what takes part in the application
     */
    Companion configure(Section settings);
}
