package io.bywash.runtime.discovery;

import java.io.IOException;
import java.util.ServiceConfigurationError;

/**
 * Something a jar offers that cannot be used.
 *
 * @param place the jar or folder
 * @param what the class that is broken, or what else
 * @param cause why
 */
public record BrokenProvider(String place, String what, Throwable cause) {
    @Override
    public String toString() {
        return what + " in " + place + " is broken: " + Causes.text(cause) + remedy();
    }

    private String remedy() {
        if (cause instanceof UnsupportedClassVersionError) {
            int java = Runtime.version().feature();
            return "; it was compiled for a later Java than " + java
                    + ", so run it with that one, or compile it with --release " + java;
        }
        if (cause instanceof NoClassDefFoundError) {
            return "; put the jar with that class beside it, both in a folder of their own below the handlers folder";
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof IOException) {
            return "; it is no jar, or was cut off on its way here, so copy it again or remove it";
        }
        if (cause instanceof ServiceConfigurationError && message.endsWith(" not found")) {
            return "; a file in META-INF/services names it, so correct the name there or add the class to the jar";
        }
        if (cause instanceof ServiceConfigurationError && message.endsWith(" not a subtype")) {
            return "; a file in META-INF/services names it, so let it implement what the file is called, or take it out";
        }
        if (message.contains("constructor")) {
            return "; give it a public constructor without parameters, or have a Guice module of its jar bind it: bind("
                    + what.substring(what.lastIndexOf('.') + 1) + ".class)";
        }
        return "";
    }
}
