package io.bywash.distribution;

import static java.time.ZoneOffset.UTC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private static JsonNode bill() {
        assumeFalse(
                "offline=true".equals(System.getProperty("maven")),
                "an offline build has no bill of materials, since what makes it wants to be online");
        return JsonMapper.builder().build().readTree(bywash.path("bom.json").toFile());
    }

    private static List<JsonNode> components() {
        return List.copyOf(bill().path("components").values());
    }

    private static List<Path> jars(String... folders) {
        return Stream.of(folders)
                .flatMap(name -> Installation.jars(bywash.path(name)).stream())
                .toList();
    }

    private static String name(Path jar) {
        return jar.getFileName().toString();
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

    /** All folders are one class path: of two classes of one name, chance would say which is loaded. */
    @Test
    void noClassIsThereTwice() throws IOException {
        Map<String, Path> seen = new HashMap<>();
        List<String> twice = new ArrayList<>();
        for (Path jar : jars("lib", "extensions", "optional")) {
            for (String type : classes(jar)) {
                Path before = seen.put(type, jar);
                if (before != null) {
                    twice.add(type + " in " + name(before) + " and " + name(jar));
                }
            }
        }
        assertFalse(seen.isEmpty());
        assertEquals(List.of(), twice);
    }

    private static List<String> classes(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .filter(entry -> entry.endsWith(".class"))
                    .filter(entry -> !entry.startsWith("META-INF/") && !entry.equals("module-info.class"))
                    .toList();
        }
    }

    /** Else the same sources would give other bytes each time; the rest of that is left to {@code build-tools/same-bytes}. */
    @Test
    void nothingTellsWhenItWasBuilt() throws IOException {
        Set<LocalDateTime> times = new TreeSet<>(times(Installation.archive(".zip")));
        for (Path jar : jars("lib", "extensions", "optional")) {
            if (name(jar).startsWith("bywash-")) {
                times.addAll(times(jar));
            }
        }
        assertEquals(Set.of(LocalDateTime.ofInstant(Instant.parse(System.getProperty("timestamp")), UTC)), times);
        assertTrue(bill().path("metadata").path("timestamp").isMissingNode(), "the bill of materials has a time");
    }

    private static List<LocalDateTime> times(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            return zip.stream().map(ZipEntry::getTimeLocal).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "runtime, lib",
        "monitoring, extensions",
        "tools, extensions",
        "console, extensions",
        "tracing, optional"
    })
    void eachModuleIsWhereAnOperatorLooksForIt(String module, String folder) {
        for (String other : List.of("lib", "extensions", "optional")) {
            boolean there = jars(other).stream().anyMatch(jar -> name(jar).matches("bywash-" + module + "-\\d.*"));
            assertEquals(other.equals(folder), there, other);
        }
    }

    @Test
    void theBillOfMaterialsNamesEveryJarAndNoOther() {
        Set<String> there = new TreeSet<>();
        jars("lib", "extensions", "optional").forEach(jar -> there.add(name(jar)));
        Set<String> named = new TreeSet<>();
        components().forEach(component -> named.add(jar(component)));
        assertEquals(there, named);
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
