package io.bywash.dev;

/** Keeps the log quiet under commands that tell by themselves what happens. */
final class DevLogging {
    private static final String CONFIGURATION = "logback.configurationFile";

    private DevLogging() {}

    /** Must come before the first logger is made, which is when Logback asks; whatever is configured stays. */
    static void quiet() {
        if (System.getProperty(CONFIGURATION) == null) {
            System.setProperty(CONFIGURATION, "logback-dev.xml");
        }
    }
}
