package io.bywash.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.testkit.tls.TestCertificateAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void theHandlerOfTheReadmeRunsWhenItsJarIsDroppedIn() throws Exception {
        dropInHello();
        Cli.Run run = new Cli(folder).run(Map.of(), "dev", "--records", "500", "--exit");
        assertEquals(0, run.exitCode(), run.output());
        assertTrue(run.output().contains("hello order-"), run.output());
        assertTrue(run.output().contains("hello: 500 sent, 500 handled, 0 dead-lettered"), run.output());
        assertTrue(run.output().contains("Not for production"), run.output());
    }

    @Test
    void theConfigurationsOfTheReadmeAreCorrect() throws Exception {
        dropInHello();
        Path trust = Files.writeString(
                folder.resolve("ca.pem"),
                TestCertificateAuthority.create("Test CA").certificatePem());
        String secured = Readme.snippet("auth").replace("/etc/tls/ca.pem", trust.toString());
        Files.writeString(folder.resolve("billing.conf"), Readme.snippet("billing.conf"));
        Cli.Run plain = new Cli(folder).run(Map.of(), "lint", "-c", "billing.conf");
        assertEquals(0, plain.exitCode(), plain.output());
        Files.writeString(folder.resolve("billing.conf"), Readme.snippet("billing.conf") + secured);
        Cli.Run lint = new Cli(folder).run(Map.of("KAFKA_PASSWORD", "canary-7f"), "lint", "-c", "billing.conf");
        assertEquals(0, lint.exitCode(), lint.output());
        Cli.Run explain = new Cli(folder).run(Map.of("KAFKA_PASSWORD", "canary-7f"), "explain", "-c", "billing.conf");
        assertEquals(0, explain.exitCode(), explain.output());
        assertTrue(explain.output().contains("billing.conf:1"), explain.output());
        assertTrue(!explain.output().contains("canary-7f"), "no secret is shown");
    }

    @ParameterizedTest
    @CsvSource({
        "GreetingApp.java, examples/embedded/src/main/java/io/bywash/examples/embedded/GreetingApp.java",
        "ReadingApp.java, examples/embedded/src/main/java/io/bywash/examples/embedded/ReadingApp.java",
        "GuiceApp.java, examples/guice-app/src/main/java/io/bywash/examples/guice/GuiceApp.java"
    })
    void theEmbeddingsOfTheReadmeAreThoseThatTheExamplesRun(String snippet, String file) throws IOException {
        String shown = withoutLayout(Readme.snippet(snippet));
        assertTrue(withoutLayout(Readme.read(file)).contains(shown), shown);
    }

    @ParameterizedTest
    @CsvSource({
        "closing, examples/embedded/src/main/java/io/bywash/examples/embedded/GreetingApp.java",
        "imports, examples/embedded/src/main/java/io/bywash/examples/embedded/ReadingApp.java",
        "reader, examples/embedded/src/main/java/io/bywash/examples/embedded/ReadingApp.java",
        "records, examples/embedded/src/main/java/io/bywash/examples/embedded/ReadingApp.java",
        "partitions, examples/embedded/src/main/java/io/bywash/examples/embedded/ReadingApp.java",
        "partition, examples/embedded/src/main/java/io/bywash/examples/embedded/ReadingApp.java",
        "testkit, extensions/dev/src/test/java/io/bywash/dev/EmbeddedKafkaExampleTest.java",
        "extension, extensions/dev/src/test/java/io/bywash/dev/EmbeddedKafkaExampleTest.java"
    })
    void theSnippetsOnEmbeddingAreThoseThatTestsRun(String snippet, String file) throws IOException {
        String shown = withoutLayout(Readme.snippet("docs/embedding.md", snippet));
        assertTrue(withoutLayout(Readme.read(file)).contains(shown), shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"handler", "run"})
    void theSnippetsOnSimulationAreThoseThatATestRuns(String snippet) throws IOException {
        String test = "simulation/src/test/java/io/bywash/simulation/HandlerSimulationTest.java";
        String shown = withoutLayout(Readme.snippet("docs/simulation.md", snippet));
        assertTrue(withoutLayout(Readme.read(test)).contains(shown), shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/embedding.md", "docs/handlers.md", "docs/simulation.md"})
    void theVersionToDependOnIsThatOfTheBuild(String page) throws IOException {
        Pattern artifact = Pattern.compile("<artifactId>bywash-[a-z-]+</artifactId>\\s*<version>([^<]+)</version>");
        Matcher built = artifact.matcher(Readme.read("pom.xml"));
        assertTrue(built.find());
        Matcher shown = artifact.matcher(Readme.read(page));
        assertTrue(shown.find(), "no dependency in " + page);
        assertEquals(built.group(1), shown.group(1));
    }

    private static String withoutLayout(String code) {
        return code.replaceAll("\\s+", " ").trim();
    }

    private void dropInHello() throws IOException {
        Path source = Files.writeString(folder.resolve("HelloHandler.java"), Readme.snippet("HelloHandler.java"));
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        source.toString());
        assertEquals(0, compiled);
        Files.createDirectories(folder.resolve("handlers"));
        try (OutputStream file =
                        Files.newOutputStream(folder.resolve("handlers").resolve("hello.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            add(jar, "HelloHandler.class", Files.readAllBytes(folder.resolve("HelloHandler.class")));
            add(
                    jar,
                    "META-INF/services/io.bywash.handler.TopicHandler",
                    "HelloHandler\n".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
