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
            return "; it was compiled for a later Java than "
                    + Runtime.version().feature() + ", so run it with that one or compile" + " it with --release "
                    + Runtime.version().feature();
        }
        if (cause instanceof NoClassDefFoundError) {
            return "; put the jar with that class beside it, both in a folder of their own below the handlers folder";
        }
        return "";
    }
}
