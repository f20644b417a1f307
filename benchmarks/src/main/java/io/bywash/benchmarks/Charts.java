package io.bywash.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where charts are drawn, as an option that all measurements have. */
final class Charts {
    @Option(names = "--charts", description = "The directory to draw charts into; none are drawn without.")
    private Optional<Path> directory = Optional.empty();

    void draw(String name, String svg) throws IOException {
        if (directory.isPresent()) {
            Files.createDirectories(directory.get());
            Files.writeString(directory.get().resolve(name + ".svg"), svg);
        }
    }
}
