package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The archive, unpacked as it is on a machine where it gets installed.
 *
 * @param home where its {@code bin} is
 */
record Installation(Path home) {
    static final Path TAR = Path.of(System.getProperty("archive") + ".tar.gz");
    static final Path ZIP = Path.of(System.getProperty("archive") + ".zip");

    /** Unpacks it into a folder with a space in its name. The JDK knows no tar, and whoever installs it has one. */
    static Installation below(Path folder) {
        try {
            Path place = Files.createDirectory(folder.resolve("with a space"));
            Launched tar = Launched.of(place, Map.of(), List.of("tar", "-xzf", TAR.toString()));
            assertEquals(0, tar.exitCode(), tar::complaints);
            return new Installation(entries(place).get(0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.sorted().toList();
        }
    }

    Path launcher() {
        return home.resolve("bin/bywash");
    }

    /** Launches a command on the Java that runs this test, in a working directory that has nothing to do with the installation. */
    Launched launch(Map<String, String> environment, String... arguments) {
        // The first compiler alone, which is what suits a process that lives for seconds.
        Map<String, String> complete = new HashMap<>(Map.of("BYWASH_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"));
        complete.putAll(environment);
        return Launched.of(
                home.getParent(),
                complete,
                Stream.concat(Stream.of(launcher().toString()), Stream.of(arguments))
                        .toList());
    }
}
