package io.bywash.runtime.discovery;

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
        return what + " in " + place + " is broken: " + cause + remedy();
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
        if (String.valueOf(cause.getMessage()).contains("constructor")) {
            return "; give it a public constructor without parameters, or have a Guice module of its jar bind it: bind("
                    + what.substring(what.lastIndexOf('.') + 1) + ".class)";
        }
        return "";
    }
}
