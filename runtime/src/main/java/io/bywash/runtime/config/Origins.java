package io.bywash.runtime.config;

import com.typesafe.config.ConfigOrigin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says briefly where a value comes from. */
final class Origins {
    private static final Pattern MERGED = Pattern.compile("merge of (.*?),.*", Pattern.DOTALL);
    private static final Pattern IN_JAR = Pattern.compile("\\S+ @ jar:\\S*/([^/\\s]+!/\\S+?)(: \\d+(?:-\\d+)?)?");
    private static final Pattern ON_CLASS_PATH = Pattern.compile("\\S+ @ file:(\\S+?)(: \\d+(?:-\\d+)?)?");

    /** What is merged of several places of a file has the first and the last line; nobody makes a link of two. */
    private static final Pattern LINE = Pattern.compile(": (\\d+)(-\\d+)?$");

    private Origins() {}

    /** Returns a file and its line as {@code file:line}, which terminals and editors make a link of, or what else there is. */
    static String describe(ConfigOrigin origin) {
        return LINE.matcher(place(origin)).replaceFirst(":$1");
    }

    private static String place(ConfigOrigin origin) {
        Matcher merged = MERGED.matcher(origin.description());
        String description = merged.matches() ? merged.group(1) : origin.description();
        Matcher jar = IN_JAR.matcher(description);
        Matcher resource = ON_CLASS_PATH.matcher(description);
        Matcher located = jar.matches() ? jar : resource;
        if (!jar.matches() && !resource.matches()) {
            return description;
        }
        return located.group(1) + (located.group(2) == null ? "" : located.group(2));
    }
}
