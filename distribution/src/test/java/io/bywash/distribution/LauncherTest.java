package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, and what it says if it cannot launch. */
class LauncherTest {
    private static final Map<String, String> BROKER = Map.of("KAFKA_BOOTSTRAP_SERVERS", "localhost:9092");

    @TempDir
    private static Path folder;

    private static Installation installed;

    @TempDir
    private Path own;

    @BeforeAll
    static void unpack() {
        installed = Installation.below(folder);
    }

    private static void assertEnds(int code, String complaint, Launched launched) {
        assertEquals(code, launched.exitCode(), launched::complaints);
        assertEquals(complaint, launched.complaints().strip());
    }

    /** Makes a Java that tells its version and can do no more. */
    private Path java(String says) throws IOException {
        Path java = Files.createDirectories(own.resolve("a java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho '" + says + "' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return java.getParent().getParent();
    }

    @Test
    void helpIsSaidAndNothingElse() {
        Launched launched = installed.launch(Map.of(), "--help");
        assertEnds(0, "", launched);
        assertTrue(launched.said().startsWith("Usage: bywash"), launched::said);
    }

    @Test
    void theVersionIsThatOfTheArchive() {
        Launched launched = installed.launch(Map.of(), "--version");
        assertEnds(0, "", launched);
        assertEquals(
                "bywash-" + launched.said().strip().substring("bywash ".length()),
                installed.home().getFileName().toString());
    }

    @Test
    void aLinkToALinkToItWillDo() throws IOException {
        Path link = Files.createSymbolicLink(own.resolve("a link"), installed.launcher());
        Path relative = Files.createSymbolicLink(own.resolve("another"), link.getFileName());
        Launched launched = Launched.of(own, Map.of(), List.of(relative.toString(), "--help"));
        assertEnds(0, "", launched);
        assertTrue(launched.said().startsWith("Usage: bywash"), launched::said);
    }

    @Test
    void javaHomeIsPreferredToThePath() throws IOException {
        Path home = java("    java.specification.version = 11");
        assertEnds(
                1,
                "bywash: needs Java 17 or later, and " + home + "/bin/java is Java 11; point JAVA_HOME to a later one",
                installed.launch(Map.of("JAVA_HOME", home.toString()), "--help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "9", "16"})
    void anOldJavaIsRefused(String version) throws IOException {
        Path home = java("    java.specification.version = " + version);
        assertEnds(
                1,
                "bywash: needs Java 17 or later, and " + home + "/bin/java is Java " + version
                        + "; point JAVA_HOME to a later one",
                installed.launch(Map.of("JAVA_HOME", home.toString()), "--help"));
    }

    @Test
    void aJavaThatDoesNotStartIsNamed() throws IOException {
        Path home = java("Error: could not find libjvm.so");
        assertEnds(
                1,
                "bywash: cannot find out the version of " + home + "/bin/java; see what " + home
                        + "/bin/java -version says",
                installed.launch(Map.of("JAVA_HOME", home.toString()), "--help"));
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() {
        assertEnds(
                1,
                "bywash: JAVA_HOME is " + own + ", but there is no " + own
                        + "/bin/java; point it to a Java 17 or later",
                installed.launch(Map.of("JAVA_HOME", own.toString()), "--help"));
    }

    @Test
    void noJavaAtAllIsSaid() throws IOException {
        for (String tool : List.of("sh", "dirname", "readlink", "sed")) {
            Files.createSymbolicLink(own.resolve(tool), onThePath(tool));
        }
        assertEnds(
                1,
                "bywash: found no java; install Java 17 or later, or point JAVA_HOME to it",
                installed.launch(Map.of("PATH", own.toString()), "--help"));
    }

    private static Path onThePath(String tool) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .map(entry -> Path.of(entry, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anUnknownKindOfLogIsRefused() {
        assertEnds(
                1,
                "bywash: BYWASH_LOG is xml; set it to text or json",
                installed.launch(Map.of("BYWASH_LOG", "xml"), "--help"));
    }

    @Test
    void aMissingConfigurationIsNamed() {
        Launched launched = installed.launch(Map.of("BYWASH_CONF", own.toString()), "lint");
        assertEnds(
                3,
                "1 problem in the configuration:\n  configuration file " + own + "/application.conf: does not exist ("
                        + own + "/application.conf); name a readable file",
                launched);
    }

    @Test
    void withoutBrokersOneVariableIsAskedFor() throws IOException {
        Path handlers = Files.createDirectory(own.resolve("handlers"));
        OrdersJar.into(handlers);
        Launched launched = installed.launch(Map.of("BYWASH_HANDLERS", handlers.toString()), "lint");
        assertEnds(
                3,
                "1 problem in the configuration:\n  bywash.kafka.bootstrap.servers: is missing; set it to host:port of a"
                        + " broker, or set the environment variable KAFKA_BOOTSTRAP_SERVERS",
                launched);
    }

    @Test
    void withoutHandlersTheFolderOfTheInstallationIsNamed() {
        Launched launched = installed.launch(BROKER, "lint");
        assertEnds(
                3,
                "1 problem in the configuration:\n  bywash.consumers: there is nothing to run: no consumer is configured, and"
                        + " no handler was found that declares its topics; describe a consumer, or put a handler with"
                        + " @Handles(topics = …) on the class path or into "
                        + installed.home().resolve("handlers") + " (bywash.handlers-folder)",
                launched);
    }

    @Test
    void aHandlerJarThatWasCutOffIsNamed() throws IOException {
        Path handlers = Files.createDirectory(own.resolve("handlers"));
        OrdersJar.into(handlers);
        Files.write(handlers.resolve("broken.jar"), new byte[] {'P', 'K', 3, 4});
        Launched launched = installed.launch(
                Map.of("BYWASH_HANDLERS", handlers.toString(), "KAFKA_BOOTSTRAP_SERVERS", "localhost:9092"), "lint");
        assertEquals(0, launched.exitCode(), launched::complaints);
        assertEquals("no problems: 1 consumer", launched.said().strip());
        assertTrue(
                launched.complaints().contains(handlers.resolve("broken.jar").toString())
                        && launched.complaints().contains("it is no jar, or was cut off on its way here"),
                launched::complaints);
        assertEquals(1, launched.complaints().strip().lines().count(), launched::complaints);
    }

    @Test
    void optionsOfTheJvmComeLastAndWin() {
        Launched launched = installed.launch(
                Map.of("BYWASH_JAVA_OPTIONS", "-Xmx64m -Dbywash.defaults.drain-timeout=7s"), "explain");
        assertEquals(3, launched.exitCode(), launched::complaints);
        assertTrue(
                launched.said().lines().anyMatch(line -> line.contains("drain-timeout") && line.contains("7s")),
                launched::said);
    }

    @Test
    void explainSaysWhichFileASettingComesFrom() {
        Launched launched = installed.launch(Map.of(), "explain");
        assertEquals(3, launched.exitCode(), launched::complaints);
        assertTrue(launched.said().contains(installed.home().resolve("conf/application.conf") + ":"), launched::said);
    }
}
