package io.bywash.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
    private static final String SETTING = "bywash.defaults.drain-timeout";

    @TempDir
    private Path folder;

    private final ConfigLoader loader = new ConfigLoader(getClass().getClassLoader());

    @Test
    void aFileOverridesTheReferenceAndASystemPropertyTheFile() throws IOException {
        Path file = Files.writeString(folder.resolve("app.conf"), SETTING + " = 7s");
        Config config = loader.load(Optional.of(file));
        assertEquals(Duration.ofSeconds(7), config.getDuration(SETTING));
        assertEquals(Duration.ofSeconds(1), config.getDuration("bywash.defaults.commit-interval"));
        System.setProperty(SETTING, "9s");
        try {
            assertEquals(Duration.ofSeconds(9), loader.load(Optional.of(file)).getDuration(SETTING));
        } finally {
            System.clearProperty(SETTING);
        }
    }

    @Test
    void withoutAFileApplicationConfOfTheClassPathIsRead() throws IOException {
        Files.writeString(folder.resolve("application.conf"), SETTING + " = 8s");
        try (URLClassLoader classPath = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Config config = new ConfigLoader(classPath).load(Optional.empty());
            assertEquals(Duration.ofSeconds(8), config.getDuration(SETTING));
            assertEquals(
                    folder.resolve("application.conf") + ":1",
                    Origins.describe(config.getValue(SETTING).origin()));
        }
    }

    @Test
    void anExtensionMayHaveSettingsOfItsOwnUnderBywash() throws IOException {
        Files.writeString(folder.resolve("reference.conf"), "bywash.dev { records = 5 }");
        try (URLClassLoader classPath = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            ConfigLoader extended = new ConfigLoader(classPath);
            Problems problems = new Problems();
            SettingsReader.read(extended.load(Optional.empty()), extended.referenceKeys(), problems);
            assertEquals(java.util.List.of(), problems.errors());
        }
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.conf");
        InvalidConfigurationException failure =
                assertThrows(InvalidConfigurationException.class, () -> loader.load(Optional.of(file)));
        assertEquals(
                "1 problem in the configuration:\n  configuration file " + file + ": does not exist (" + file
                        + "); name a readable file",
                failure.getMessage());
        assertTrue(assertThrows(InvalidConfigurationException.class, () -> loader.load(Optional.of(folder)))
                .getMessage()
                .contains("is a directory"));
    }

    @Test
    void aMissingFileThatASystemPropertyNamesIsNamedToo() throws IOException {
        Path file = folder.resolve("named.conf");
        System.setProperty("config.file", file.toString());
        try {
            assertTrue(assertThrows(InvalidConfigurationException.class, () -> loader.load(Optional.empty()))
                    .getMessage()
                    .contains("configuration file " + file + ": does not exist"));
            Files.writeString(file, SETTING + " = 6s");
            assertEquals(Duration.ofSeconds(6), loader.load(Optional.empty()).getDuration(SETTING));
        } finally {
            System.clearProperty("config.file");
        }
    }

    @Test
    void aBraceThatIsNeverClosedIsCalledABrace() throws IOException {
        Path file = Files.writeString(folder.resolve("app.conf"), "bywash {\n  defaults { drain-timeout = 5s }\n");
        InvalidConfigurationException failure =
                assertThrows(InvalidConfigurationException.class, () -> loader.load(Optional.of(file)));
        assertTrue(failure.getMessage().contains(": not HOCON: a brace is never closed; add a }"), failure::getMessage);
    }

    /** The library quotes what it stumbles over. */
    @ParameterizedTest
    @ValueSource(strings = {"password hush", "password = \"a\" = hush", "password = [hush hush", "password = ${hush"})
    void aSecretBehindAMistakeStaysHidden(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("app.conf"), "bywash.auth.sasl {\n  " + line + "\n}\n");
        InvalidConfigurationException failure =
                assertThrows(InvalidConfigurationException.class, () -> loader.load(Optional.of(file)));
        assertTrue(failure.getMessage().contains("  " + file + ":"), failure::getMessage);
        assertFalse(failure.getMessage().contains("hush"), failure::getMessage);
    }

    @Test
    void whatIsNoHoconIsShownWhereItIs() throws IOException {
        Path file = Files.writeString(folder.resolve("app.conf"), "bywash {\n  defaults = \n}}");
        InvalidConfigurationException failure =
                assertThrows(InvalidConfigurationException.class, () -> loader.load(Optional.of(file)));
        assertTrue(
                failure.getMessage().contains("  " + file + ":3: not HOCON: Expecting a value"), failure::getMessage);
    }
}
