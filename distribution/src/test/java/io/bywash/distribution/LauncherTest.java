package io.bywash.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the launcher does with what it finds, without a broker. */
class LauncherTest {
    @TempDir
    static Path folder;

    private static Path parent;
    private static Installation bywash;

    @BeforeAll
    static void unpack() throws IOException {
        parent = Files.createDirectory(folder.resolve("an installation (1)"));
        bywash = Installation.in(parent);
        bywash.dropOrders();
    }

    @BeforeEach
    void reset() {
        bywash.with("JAVA_HOME", System.getProperty("java.home"))
                .with("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1")
                .with("BYWASH_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
                .with("BYWASH_HANDLERS", "")
                .with("BYWASH_LOG", "text")
                .with("PATH", System.getenv("PATH"));
    }

    @Test
    void helpIsGivenAndNothingElse() throws Exception {
        Ended ended = bywash.run("--help");
        assertEquals(0, ended.code());
        assertEquals("", ended.err());
        assertTrue(ended.out().startsWith("Usage: bywash "), ended::out);
    }

    @Test
    void lintFindsTheHandlersOfTheInstallation() throws Exception {
        assertEquals(new Ended(0, "no problems: 1 consumer\n", ""), bywash.run("lint"));
    }

    @Test
    void theCommandsOfTheExtensionsAreThere() throws Exception {
        assertTrue(bywash.run("--help").out().contains("  lag "));
    }

    /** In a locale of ASCII alone, which is what a service has that is told none. */
    @Test
    void withoutHandlersTheFolderIsNamed() throws Exception {
        Path empty = Files.createTempDirectory(parent, "no handlers");
        bywash.with("BYWASH_HANDLERS", empty.toString()).with("LC_ALL", "C");
        assertEquals(
                new Ended(
                        3,
                        "",
                        "1 problem in the configuration:\n  bywash.consumers: there is nothing to run: no consumer is"
                                + " configured, and no handler was found that declares its topics; describe a consumer, or put a"
                                + " handler with @Handles(topics = …) on the class path or into " + empty
                                + " (bywash.handlers-folder)\n"),
                bywash.run("lint"));
    }

    @Test
    void explainSaysWhereSettingsComeFrom() throws Exception {
        Ended ended = bywash.run("explain");
        assertEquals(0, ended.code(), ended::err);
        assertTrue(ended.out().contains(bywash.path("conf/application.conf").toString()), ended::out);
        assertTrue(ended.out().contains(bywash.path("handlers").toString()), ended::out);
    }

    @Test
    void aSymbolicLinkIsAsGood() throws Exception {
        Path link = Files.createSymbolicLink(
                parent.resolve("to bywash"), Path.of(bywash.path("bin/bywash").toString()));
        Path relative = Files.createSymbolicLink(parent.resolve("bw"), link.getFileName());
        assertEquals(
                new Ended(0, "no problems: 1 consumer\n", ""),
                bywash.start(relative, "lint").end());
    }

    @Test
    void optionsOfTheJvmComeLast() throws Exception {
        bywash.with("BYWASH_JAVA_OPTIONS", "-Dbywash.defaults.drain-timeout=7s -Dbywash.defaults.stuck-after=9s");
        Ended ended = bywash.run("explain");
        assertTrue(ended.out().contains("7s"), ended::out);
        assertTrue(ended.out().contains("9s"), ended::out);
    }

    @Test
    void aMissingConfigurationIsNamed() throws Exception {
        bywash.with("BYWASH_CONF", folder.resolve("none").toString());
        Ended ended = bywash.run("lint");
        bywash.with("BYWASH_CONF", "");
        assertEquals(3, ended.code());
        assertTrue(
                ended.err()
                        .contains("configuration file " + folder.resolve("none/application.conf") + ": does not exist"),
                ended::err);
    }

    @Test
    void withoutBrokersTheVariableToSetIsNamed() throws Exception {
        bywash.with("KAFKA_BOOTSTRAP_SERVERS", "");
        Ended ended = bywash.run("run");
        assertEquals(3, ended.code());
        assertTrue(ended.err().contains("bywash.kafka.bootstrap.servers"), ended::err);
    }

    @Test
    void aBrokenHandlerJarIsNamedAndHindersNoOther() throws Exception {
        Path jar = Files.writeString(bywash.path("handlers/broken.jar"), "cut off");
        Ended ended = bywash.run("lint");
        Files.delete(jar);
        assertEquals(0, ended.code());
        assertTrue(ended.err().startsWith("warning: broken.jar in " + jar + " is broken: "), ended::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8", "9", "11", "16"})
    void anOldJavaIsRefused(String version) throws Exception {
        Path java = fakeJava("echo '    java.specification.version = " + version + "' >&2");
        bywash.with("JAVA_HOME", java.getParent().getParent().toString());
        assertEquals(
                new Ended(
                        1,
                        "",
                        "bywash: needs Java 17 or later, and " + java + " is Java " + version
                                + "; point JAVA_HOME to a later one\n"),
                bywash.run("lint"));
    }

    @Test
    void aJavaThatDoesNotStartIsNamed() throws Exception {
        Path java = fakeJava("exit 127");
        bywash.with("JAVA_HOME", java.getParent().getParent().toString());
        assertEquals(
                new Ended(
                        1,
                        "",
                        "bywash: cannot find out the version of " + java + "; see what " + java + " -version says\n"),
                bywash.run("lint"));
    }

    private Path fakeJava(String line) throws IOException {
        Path java = Files.createTempDirectory(parent, "fake jdk").resolve("bin/java");
        Files.createDirectory(java.getParent());
        Files.writeString(java, "#!/bin/sh\n" + line + "\n");
        assertTrue(java.toFile().setExecutable(true));
        return java;
    }

    @Test
    void aJavaHomeWithoutJavaIsNamed() throws Exception {
        bywash.with("JAVA_HOME", "/nowhere");
        assertEquals(
                new Ended(
                        1,
                        "",
                        "bywash: JAVA_HOME is /nowhere, but there is no /nowhere/bin/java; point it to a Java 17 or later\n"),
                bywash.run("lint"));
    }

    @Test
    void noJavaAtAllIsSaid() throws Exception {
        Path tools = Files.createTempDirectory(parent, "tools");
        for (String tool : List.of("sh", "dirname", "readlink", "sed")) {
            Files.createSymbolicLink(tools.resolve(tool), onThePath(tool));
        }
        bywash.with("JAVA_HOME", "").with("PATH", tools.toString());
        assertEquals(
                new Ended(1, "", "bywash: found no java; install Java 17 or later, or point JAVA_HOME to it\n"),
                bywash.run("lint"));
    }

    private static Path onThePath(String tool) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void logsAreTextOrJson() throws Exception {
        bywash.with("BYWASH_LOG", "xml");
        assertEquals(new Ended(1, "", "bywash: BYWASH_LOG is xml; set it to text or json\n"), bywash.run("lint"));
    }
}
