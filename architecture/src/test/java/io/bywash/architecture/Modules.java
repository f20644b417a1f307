package io.bywash.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The modules of the build that have sources, read from its pom files, and the classes that Maven compiled from them. */
record Modules(List<Module> all) {

    /**
     * A module.
     *
     * @param directory its directory
     * @param root the package that all its classes are in, which also is its module name
     */
    record Module(Path directory, String root) {

        JavaClasses mainClasses() {
            return imported(Stream.of(directory.resolve("target/classes")));
        }
    }

    static Modules ofThisBuild() {
        Path top = Path.of("..");
        return new Modules(values("module", top.resolve("pom.xml"))
                .map(top::resolve)
                .filter(directory -> Files.isDirectory(directory.resolve("src")))
                .map(Modules::module)
                .toList());
    }

    JavaClasses mainClasses() {
        return imported(directories("target/classes"));
    }

    JavaClasses testClasses() {
        return imported(directories("target/test-classes"));
    }

    private Stream<Path> directories(String output) {
        return all.stream().map(module -> module.directory.resolve(output));
    }

    private static JavaClasses imported(Stream<Path> directories) {
        return new ClassFileImporter()
                .importPaths(directories.filter(Files::isDirectory).toList());
    }

    private static Module module(Path directory) {
        return values("module.name", directory.resolve("pom.xml"))
                .map(root -> new Module(directory, root))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError(directory + "/pom.xml names no root package; add it as the property"
                                + " module.name, from which the jar's Automatic-Module-Name is written"));
    }

    private static Stream<String> values(String element, Path pom) {
        try {
            String name = Pattern.quote(element);
            return Pattern.compile("<" + name + ">(.+?)</" + name + ">")
                    .matcher(Files.readString(pom))
                    .results()
                    .map(match -> match.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
