package io.bywash.console.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {
    private static final String PAGE = "io/bywash/console/page/index.html";

    @TempDir
    private Path folder;

    /** Wherever somebody unpacks the distribution. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "with space", "100% sure", "a%20b", "c#", "[new]", "a+b"})
    void theJarMayBeAnywhere(String name) throws IOException {
        Path jar = Files.createDirectory(folder.resolve(name)).resolve("console.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(PAGE));
            out.write("<p>here".getBytes(StandardCharsets.UTF_8));
        }
        Assets assets = Assets.read(URI.create("jar:" + jar.toUri() + "!/io/bywash/console/page"));
        assertEquals("<p>here", new String(assets.at("/").orElseThrow().content(), StandardCharsets.UTF_8));
    }

    @Test
    void thisJarHasThePage() throws IOException {
        assertTrue(Assets.read().at("/assets/app.js").isPresent());
    }
}
