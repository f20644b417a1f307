package io.bywash.benchmarks.run;

import io.bywash.benchmarks.subject.Way;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The class path of this JVM, with the Kafka clients that a library was released with in place of this build's. */
public final class ClassPath {
    private static final String CLIENTS = "kafka-clients-";

    private ClassPath() {}

    static String current() {
        return System.getProperty("java.class.path");
    }

    /**
     * Returns the class path for a way to consume.
     *
     * @param way the way
     * @return with the Kafka clients its library was released with
     */
    public static String of(Way way) {
        return way.library().map(ClassPath::withClientsOf).orElseGet(ClassPath::current);
    }

    private static String withClientsOf(String library) {
        Path clients = classes().resolveSibling("clients").resolve(library + ".jar");
        if (!Files.exists(clients)) {
            throw new IllegalStateException("the Kafka clients for " + library + " are not at " + clients
                    + "; build the module with Maven first, which copies them there");
        }
        return Arrays.stream(current().split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString().startsWith(CLIENTS) ? clients.toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Returns where this module's classes are. */
    private static Path classes() {
        return Arrays.stream(current().split(File.pathSeparator))
                .map(Path::of)
                .filter(entry ->
                        Files.exists(entry.resolve(SubjectMain.class.getName().replace('.', '/') + ".class")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the class path has no directory with the benchmarks; run them from target/classes"));
    }
}
