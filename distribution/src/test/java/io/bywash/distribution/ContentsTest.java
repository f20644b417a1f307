package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in the archive, and what may be. */
class ContentsTest {
    /** Licences under which a library may be passed on with software under Apache-2.0. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "CC0-1.0",
            "EPL-2.0",
            "MIT",
            "MIT-0",
            "Public Domain",
            "UPL-1.0");

    @TempDir
    static Path folder;

    private static Installation bywash;

    @BeforeAll
    static void unpack() {
        bywash = Installation.in(folder);
    }

    private static List<JsonNode> components() {
        Path bom = bywash.path("bom.json");
        assumeTrue(Files.exists(bom), "built offline, where no bill of materials is written");
        return List.copyOf(JsonMapper.builder()
                .build()
                .readTree(bom.toFile())
                .path("components")
                .values());
    }

    private static List<String> jars(String... folders) {
        return Stream.of(folders)
                .flatMap(name -> Installation.jars(bywash.path(name)).stream())
                .map(jar -> jar.getFileName().toString())
                .toList();
    }

    @Test
    void bothArchivesHoldTheSame() throws IOException {
        try (ZipFile zip = new ZipFile(Installation.archive(".zip").toFile());
                Stream<Path> unpacked = Files.walk(folder)) {
            Set<String> files = unpacked.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(
                    files,
                    zip.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(entry -> entry.getName())
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void noJarIsThereTwice() {
        List<String> all = jars("lib", "extensions", "optional");
        assertEquals(all.size(), new TreeSet<>(all).size(), all::toString);
    }

    @Test
    void noLibraryIsThereInTwoVersions() {
        List<String> all = components().stream()
                .map(component -> component.path("group").asString() + ":"
                        + component.path("name").asString())
                .toList();
        assertEquals(all.size(), new TreeSet<>(all).size(), all::toString);
    }

    @Test
    void theBillOfMaterialsNamesEveryJarAndNoOther() {
        assertEquals(
                new TreeSet<>(jars("lib", "extensions", "optional")),
                components().stream().map(ContentsTest::jar).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String jar(JsonNode component) {
        String purl = component.path("purl").asString();
        String classifier = purl.contains("classifier=") ? "-" + purl.replaceFirst(".*classifier=([^&]+).*", "$1") : "";
        return component.path("name").asString() + "-"
                + component.path("version").asString() + classifier + ".jar";
    }

    @Test
    void everyLicenceMayBePassedOn() {
        List<JsonNode> components = components();
        assertFalse(components.isEmpty());
        for (JsonNode component : components) {
            assertTrue(licences(component).anyMatch(ALLOWED::contains), component::toString);
        }
    }

    /** Where there are several, one may choose. */
    private static Stream<String> licences(JsonNode component) {
        return component.path("licenses").values().stream()
                .map(entry -> entry.path("license"))
                .map(licence -> licence.path("id").asString(licence.path("name").asString()));
    }

    @Test
    void theReadmeNamesTheVersion() throws IOException {
        String readme = Files.readString(bywash.path("README"));
        assertTrue(
                readme.startsWith("Bywash "
                        + Installation.archive("").getFileName().toString().substring(7)),
                readme);
    }
}
