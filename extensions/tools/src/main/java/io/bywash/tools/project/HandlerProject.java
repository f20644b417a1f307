package io.bywash.tools.project;

import io.bywash.tools.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * A Maven project with a handler and its test, which builds and passes as it is.
 *
 * @param name the name of the project, of its jar and of its handler: lower case, digits and hyphens, a letter first
 * @param javaPackage the package of the handler
 * @param topic the topic it reads
 */
public record HandlerProject(String name, String javaPackage, String topic) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,249}");

    /**
     * Checks the names.
     *
     * @throws ToolException if one of them cannot be what it stands for
     */
    public HandlerProject {
        if (!NAME.matcher(name).matches()) {
            throw ToolException.notFound(
                    "'" + name
                            + "' cannot name a project; take lower case letters, digits and single hyphens, a letter first, as in order-handler");
        }
        if (classOf(name).equals("TopicHandler")) {
            throw ToolException.notFound(
                    "'" + name
                            + "' would name its class TopicHandler, like the interface it implements; take another, as in order-handler");
        }
        if (!SourceVersion.isName(javaPackage, SourceVersion.RELEASE_17)) {
            throw ToolException.notFound("'" + javaPackage + "' is no Java package; write one such as com.acme.orders");
        }
        if (!TOPIC.matcher(topic).matches()) {
            throw ToolException.notFound("'" + topic
                    + "' cannot be a topic, whose name has 1 to 249 letters, digits, dots, underscores and hyphens");
        }
    }

    /**
     * Returns the package of a project that names none.
     *
     * @param name the name of the project
     * @return a package of its own under com.example
     */
    public static String packageOf(String name) {
        return "com.example." + name.replace("-", "");
    }

    /**
     * Returns the simple name of the handler's class.
     *
     * @return the name of the project in camel case, with Handler at its end
     */
    public String className() {
        return classOf(name);
    }

    private static String classOf(String name) {
        String camel = Arrays.stream(name.split("-"))
                .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
                .collect(Collectors.joining());
        return camel.endsWith("Handler") ? camel : camel + "Handler";
    }

    /**
     * Writes the project.
     *
     * @param folder where to; created if it is missing
     * @throws ToolException if there is something already, or it cannot be written
     */
    public void write(Path folder) {
        try {
            requireEmpty(folder);
            Map<String, String> words = words();
            for (Map.Entry<String, Path> file : files(folder).entrySet()) {
                String text = template(file.getKey());
                for (Map.Entry<String, String> word : words.entrySet()) {
                    text = text.replace("@" + word.getKey() + "@", word.getValue());
                }
                Files.createDirectories(Objects.requireNonNull(file.getValue().getParent()));
                Files.writeString(file.getValue(), text);
            }
            Path services = folder.resolve("src/main/resources/META-INF/services/io.bywash.handler.TopicHandler");
            Files.createDirectories(Objects.requireNonNull(services.getParent()));
            Files.writeString(services, javaPackage + "." + className() + "\n");
        } catch (IOException e) {
            throw new ToolException(
                    ToolException.Kind.REFUSED,
                    "the project was not written to " + folder.toAbsolutePath() + ": " + e,
                    e);
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (Files.isDirectory(folder)) {
            try (Stream<Path> content = Files.list(folder)) {
                if (content.findAny().isEmpty()) {
                    return;
                }
            }
        }
        throw ToolException.refused(folder.toAbsolutePath()
                + " exists and is no empty folder, and nothing of it is overwritten; name a new one");
    }

    private Map<String, Path> files(Path folder) {
        String path = javaPackage.replace('.', '/');
        Map<String, Path> files = new LinkedHashMap<>();
        files.put("pom.xml", folder.resolve("pom.xml"));
        files.put("README.md", folder.resolve("README.md"));
        files.put("application.conf", folder.resolve("application.conf"));
        files.put("Handler.java", folder.resolve("src/main/java/" + path + "/" + className() + ".java"));
        files.put("HandlerTest.java", folder.resolve("src/test/java/" + path + "/" + className() + "Test.java"));
        return files;
    }

    private Map<String, String> words() {
        Map<String, String> words = new LinkedHashMap<>();
        versions().forEach((name, version) -> words.put(name.toString(), version.toString()));
        words.put("name", name);
        words.put("package", javaPackage);
        words.put("class", className());
        words.put("topic", topic);
        return words;
    }

    private static Properties versions() {
        Properties versions = new Properties();
        try (InputStream stream = resource("versions.properties")) {
            versions.load(stream);
            return versions;
        } catch (IOException e) {
            throw new UncheckedIOException("the jar of the tools cannot be read", e);
        }
    }

    private static String template(String name) throws IOException {
        try (InputStream stream = resource(name + ".txt")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(
                HandlerProject.class.getResourceAsStream(name), () -> "the jar of the tools has no " + name);
    }
}
