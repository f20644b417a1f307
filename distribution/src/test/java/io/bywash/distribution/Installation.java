package io.bywash.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The archive, unpacked as somebody would unpack it who installs it. */
final class Installation {
    private static final Path ARCHIVE = Path.of(System.getProperty("archive"));

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    private Installation(Path folder) {
        this.folder = folder;
    }

    /** Unpacks the archive below a folder, and takes the JDK of the tests. */
    static Installation in(Path parent) {
        Tool.run("tar", "-xzf", archive(".tar.gz").toString(), "-C", parent.toString());
        Path folder = parent.resolve(ARCHIVE.getFileName());
        return new Installation(folder).with("JAVA_HOME", System.getProperty("java.home"));
    }

    static Path archive(String suffix) {
        return ARCHIVE.resolveSibling(ARCHIVE.getFileName() + suffix);
    }

    /** Sets a variable of the environment of every process. */
    Installation with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Path path(String inside) {
        return folder.resolve(inside);
    }

    /** Copies the handler of the orders example, with its libraries, into the handlers folder. */
    Path dropOrders() {
        Path orders = Path.of(System.getProperty("orders"));
        Path dropped = path("handlers/orders");
        try {
            Files.createDirectories(dropped);
            for (Path from : List.of(orders, orders.resolve("lib"))) {
                for (Path jar : jars(from)) {
                    Files.copy(jar, dropped.resolve(jar.getFileName()));
                }
            }
            return dropped;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws InterruptedException {
        return start(arguments).end();
    }

    /** Starts a command, in a working directory that is not the installation. */
    Running start(String... arguments) {
        return start(path("bin/bywash"), arguments);
    }

    Running start(Path launcher, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("BYWASH_") || name.startsWith("KAFKA_"));
        builder.environment().putAll(environment);
        try {
            builder.directory(
                    Files.createTempDirectory(folder.getParent(), "working").toFile());
            return Running.of(builder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
