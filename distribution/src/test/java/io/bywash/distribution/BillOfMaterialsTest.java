package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bill of materials names what is in the archive, and nothing in there keeps anybody from using or passing it on. */
class BillOfMaterialsTest {
    /** All may be passed on together with Apache-2.0. Of logback and jakarta.inject one of several may be chosen. */
    private static final Set<String> ALLOWED =
            Set.of("Apache-2.0", "MIT", "BSD-2-Clause", "BSD-3-Clause", "EPL-1.0", "EPL-2.0", "Public Domain");

    @TempDir
    private static Path folder;

    private static Installation installed;
    private static List<JsonNode> components;

    @BeforeAll
    static void read() throws IOException {
        assumeFalse(
                "offline=true".equals(System.getProperty("maven")),
                "an offline build has no bill of materials: its plugin needs to be online");
        installed = Installation.below(folder);
        components = new ArrayList<>();
        new ObjectMapper()
                .readTree(installed.home().resolve("bom.json").toFile())
                .path("components")
                .forEach(components::add);
    }

    @Test
    void itNamesEveryJarAndNoOther() throws IOException {
        Set<String> jars = new TreeSet<>();
        for (String name : List.of("lib", "extensions", "optional")) {
            Installation.entries(installed.home().resolve(name))
                    .forEach(jar -> jars.add(jar.getFileName().toString()));
        }
        Set<String> named = new TreeSet<>();
        components.forEach(component -> named.add(file(component)));
        assertEquals(named, jars);
    }

    private static String file(JsonNode component) {
        String purl = component.path("purl").asText();
        String classifier = purl.contains("classifier=") ? purl.replaceFirst(".*classifier=([^&]+).*", "-$1") : "";
        return component.path("name").asText() + "-" + component.path("version").asText() + classifier + ".jar";
    }

    @Test
    void everyLicenceIsOneThatGoesWithApache() {
        List<String> others = new ArrayList<>();
        for (JsonNode component : components) {
            Set<String> licences = licences(component);
            if (licences.stream().noneMatch(ALLOWED::contains)) {
                others.add(file(component) + ": " + licences);
            }
        }
        assertFalse(components.isEmpty());
        assertEquals(List.of(), others);
    }

    private static Set<String> licences(JsonNode component) {
        Set<String> licences = new TreeSet<>();
        component.path("licenses").forEach(entry -> {
            licences.add(entry.path("license").path("id").asText());
            licences.add(entry.path("license").path("name").asText());
            licences.add(entry.path("expression").asText());
        });
        return licences;
    }
}
