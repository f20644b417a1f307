package io.bywash.runtime.isolation;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What Bywash and handlers must have in common, so that a class means the same to both. It comes from Bywash, and from a handler jar
 * only where Bywash has no such class.
 *
 * @param prefixes how the names of such classes begin
 */
public record SharedPackages(List<String> prefixes) {
    /** The handler API with all it mentions, and what handlers may ask for to be injected. */
    private static final List<String> ALWAYS = List.of(
            "io.bywash.",
            "org.apache.kafka.",
            "org.slf4j.",
            "com.typesafe.config.",
            "com.codahale.metrics.",
            "com.google.inject.",
            "jakarta.inject.",
            "io.opentelemetry.api.",
            "io.opentelemetry.context.");

    private static final String CLASS = ".class";

    /**
     * Returns the packages that are always shared, and others.
     *
     * @param additional how the names of further shared classes begin
     * @return all of them
     */
    public static SharedPackages with(List<String> additional) {
        return new SharedPackages(
                Stream.concat(ALWAYS.stream(), additional.stream()).toList());
    }

    /**
     * Tells whether a class is shared.
     *
     * @param className its whole name
     * @return true if it is
     */
    public boolean contains(String className) {
        return prefixOf(className).isPresent();
    }

    private Optional<String> prefixOf(String className) {
        return prefixes.stream().filter(className::startsWith).findFirst();
    }

    /**
     * Returns what a jar has of shared classes although Bywash has it too. One class of a package speaks for all.
     *
     * @param jar the jar
     * @param bywash has the shared classes
     * @return how the names of these classes begin
     */
    public Set<String> copiedIn(ZipFile jar, ClassLoader bywash) {
        Set<String> copied = new TreeSet<>();
        Set<String> folders = new HashSet<>();
        jar.stream()
                .map(ZipEntry::getName)
                .filter(entry -> entry.endsWith(CLASS) && folders.add(entry.substring(0, entry.lastIndexOf('/') + 1)))
                .forEach(entry -> prefixOf(entry.replace('/', '.'))
                        .filter(prefix -> bywash.getResource(entry) != null)
                        .ifPresent(copied::add));
        return copied;
    }
}
