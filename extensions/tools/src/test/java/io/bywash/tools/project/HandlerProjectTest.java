package io.bywash.tools.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.bywash.tools.ToolException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.testkit.engine.EngineTestKit;

class HandlerProjectTest {
    @TempDir
    private Path folder;

    @Test
    void aNewProjectCompilesWithoutAWarningAndPassesItsTest() throws Exception {
        Path project = folder.resolve("order-handler");
        HandlerProject described = new HandlerProject("order-handler", "com.acme.orders", "orders");
        described.write(project);
        Path classes = compile(project);
        String service = Files.readString(
                project.resolve("src/main/resources/META-INF/services/io.bywash.handler.TopicHandler"));
        assertEquals("com.acme.orders.OrderHandler\n", service);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
            assertTrue(Files.exists(classes.resolve("com/acme/orders/OrderHandler.class")));
            Class<?> test = loader.loadClass("com.acme.orders.OrderHandlerTest");
            EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(test))
                    .execute()
                    .testEvents()
                    .assertStatistics(statistics -> statistics.started(1).succeeded(1));
        }
    }

    private static Path compile(Path project) throws IOException {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> all = Files.walk(project.resolve("src"))) {
            List<Path> sources =
                    all.filter(path -> path.toString().endsWith(".java")).toList();
            assertEquals(2, sources.size());
            boolean compiled = compiler.getTask(
                            complaints,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-Xlint:all,-processing,-classfile,-path",
                                    "-Werror"),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertTrue(compiled, complaints::toString);
        }
        return classes;
    }

    /** As Maven judges it, without a remark. */
    @Test
    void mavenTakesItsPom() throws Exception {
        Path project = folder.resolve("hello");
        new HandlerProject("hello", HandlerProject.packageOf("hello"), "greetings").write(project);
        ModelBuildingResult result = new DefaultModelBuilderFactory()
                .newInstance()
                .build(new DefaultModelBuildingRequest()
                        .setPomFile(project.resolve("pom.xml").toFile())
                        .setSystemProperties(System.getProperties())
                        .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_STRICT));
        assertEquals(List.of(), result.getProblems());
        assertEquals(ofBywash(), dependencies(result.getEffectiveModel()));
        assertEquals(
                Set.of("maven-resources-plugin", "maven-compiler-plugin", "maven-surefire-plugin", "maven-jar-plugin"),
                result.getRawModel().getBuild().getPlugins().stream()
                        .filter(plugin -> plugin.getVersion().matches("\\d.*"))
                        .map(Plugin::getArtifactId)
                        .collect(Collectors.toSet()),
                "what mvn package runs, each in a version of its own choice");
    }

    /** The modules it names, each as it is in this build. */
    private static Map<String, String> ofBywash() throws IOException {
        Map<String, String> modules = new TreeMap<>();
        Pattern version = Pattern.compile("<artifactId>bywash-parent</artifactId>\\s*<version>(.*?)</version>");
        for (String module : List.of("handlers-api", "core", "testkit")) {
            String pom = Files.readString(Path.of("..", "..", module, "pom.xml"));
            assertTrue(pom.contains("<artifactId>bywash-" + module + "</artifactId>"), module);
            version.matcher(pom).results().forEach(match -> modules.put("bywash-" + module, match.group(1)));
        }
        return modules;
    }

    private static Map<String, String> dependencies(Model model) {
        return model.getDependencies().stream()
                .filter(dependency -> dependency.getGroupId().equals("io.bywash"))
                .collect(Collectors.toMap(
                        Dependency::getArtifactId, Dependency::getVersion, (one, other) -> other, TreeMap::new));
    }

    @Test
    void nothingIsLeftToFillIn() throws Exception {
        Path project = folder.resolve("hello");
        new HandlerProject("hello", HandlerProject.packageOf("hello"), "greetings").write(project);
        try (Stream<Path> all = Files.walk(project)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertFalse(text.matches("(?s).*@[a-z.]+@.*"), file + ":\n" + text);
            }
        }
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Files.writeString(folder.resolve("precious"), "mine");
        HandlerProject project = new HandlerProject("hello", "com.example.hello", "greetings");
        ToolException refused = assertThrows(ToolException.class, () -> project.write(folder));
        assertEquals(
                folder.toAbsolutePath()
                        + " exists and is no empty folder, and nothing of it is overwritten; name a new one",
                refused.getMessage());
        assertThrows(ToolException.class, () -> project.write(folder.resolve("precious")));
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(1, all.count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Hello,       com.example, greetings, cannot name a project",
        "a--b,        com.example, greetings, cannot name a project",
        "../x,        com.example, greetings, cannot name a project",
        "topic-handler, com.example, greetings, 'like the interface it implements'",
        "topic,       com.example, greetings, 'like the interface it implements'",
        "hello,       com.class,   greetings, is no Java package",
        "hello,       com/acme,    greetings, is no Java package",
        "hello,       com.example, a b,       cannot be a topic",
        "hello,       com.example, ..,        cannot be a topic",
    })
    void namesThatCannotWorkAreRefused(String name, String javaPackage, String topic, String why) {
        ToolException refused = assertThrows(ToolException.class, () -> new HandlerProject(name, javaPackage, topic));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"hello, HelloHandler", "order-handler, OrderHandler", "a1-b2, A1B2Handler"})
    void theClassIsNamedAfterTheProject(String name, String expected) {
        assertEquals(expected, new HandlerProject(name, HandlerProject.packageOf(name), "t").className());
    }
}
