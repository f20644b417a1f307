package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the archive, and what is not. */
class ArchiveTest {
    @TempDir
    private static Path folder;

    private static Installation installed;

    @BeforeAll
    static void unpack() {
        installed = Installation.below(folder);
    }

    @Test
    void bothArchivesHoldTheSameFiles() throws IOException {
        try (ZipFile zip = new ZipFile(Installation.ZIP.toFile());
                Stream<Path> files = Files.walk(installed.home())) {
            Set<String> zipped = zip.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> unpacked = files.filter(Files::isRegularFile)
                    .map(file -> installed.home().getParent().relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(zipped, unpacked);
        }
    }

    @Test
    void itHasTheFoldersAnOperatorLooksFor() throws IOException {
        Set<String> names = new TreeSet<>();
        Installation.entries(installed.home())
                .forEach(entry -> names.add(entry.getFileName().toString()));
        names.remove("bom.json");
        assertEquals(Set.of("LICENSE", "README", "bin", "conf", "extensions", "handlers", "lib", "optional"), names);
        assertTrue(Files.isExecutable(installed.launcher()));
        assertFalse(Files.readString(installed.launcher()).contains("\r"));
        assertTrue(Files.readString(installed.home().resolve("bin/bywash.cmd"))
                .lines()
                .findFirst()
                .isPresent());
        assertTrue(Files.readString(installed.home().resolve("bin/bywash.cmd")).startsWith("@echo off\r\n"));
        assertFalse(Files.readString(installed.home().resolve("README")).contains("${"));
    }

    /** All folders are one class path: of two classes of one name it would be chance which one is loaded. */
    @Test
    void noClassIsThereTwice() throws IOException {
        Map<String, Path> seen = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (Path jar : jars("lib", "extensions", "optional")) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.endsWith(".class"))
                        .filter(name -> !name.startsWith("META-INF/") && !name.equals("module-info.class"))
                        .forEach(name -> {
                            Path before = seen.put(name, jar);
                            if (before != null) {
                                twice.add(name + " in " + before + " and " + jar);
                            }
                        });
            }
        }
        assertFalse(seen.isEmpty());
        assertEquals(List.of(), twice);
    }

    @Test
    void anExtensionIsNotAmongWhatEverybodyGets() throws IOException {
        assertTrue(names("lib").contains("bywash-runtime"));
        assertFalse(names("lib").contains("bywash-monitoring"));
        assertTrue(names("extensions").contains("bywash-monitoring"));
        assertTrue(names("optional").contains("bywash-tracing"));
    }

    private static List<String> names(String folder) throws IOException {
        return jars(folder).stream()
                .map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
                .toList();
    }

    private static List<Path> jars(String... folders) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String name : folders) {
            jars.addAll(Installation.entries(installed.home().resolve(name)));
        }
        return jars;
    }
}
