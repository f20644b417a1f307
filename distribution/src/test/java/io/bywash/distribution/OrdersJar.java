package io.bywash.distribution;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The example of a handler jar, with the libraries it brings. */
final class OrdersJar {
    private OrdersJar() {}

    /** Drops it into a folder of handlers, in a folder of its own. */
    static void into(Path handlers) throws IOException {
        Path target = target();
        Path place = Files.createDirectory(handlers.resolve("orders"));
        List<Path> jars = Stream.concat(
                        Installation.entries(target).stream(), Installation.entries(target.resolve("lib")).stream())
                .filter(file -> file.toString().endsWith(".jar"))
                .toList();
        for (Path jar : jars) {
            Files.copy(jar, place.resolve(jar.getFileName()));
        }
    }

    /** Finds its build beside the class that this test was compiled with: a jar after packaging. */
    private static Path target() {
        try {
            return Path.of(io.bywash.examples.orders.OrderHandler.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
