package io.bywash.runtime.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.Guice;
import com.typesafe.config.ConfigFactory;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.config.HandlerJars;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** A jar that is damaged, or whose service file is, is named as such and harms no other. */
class JarFuzzTest {
    private static final Surroundings SURROUNDINGS =
            new Surroundings(Guice.createInjector(), ConfigFactory.empty(), new MetricRegistry());

    private Path folder = Path.of("");

    @BeforeTry
    void createFolder() throws IOException {
        folder = Files.createTempDirectory("fuzz-");
    }

    @AfterTry
    void deleteFolder() throws IOException {
        Files.deleteIfExists(folder.resolve("fuzz.jar"));
        Files.delete(folder);
    }

    @Property(tries = 100)
    void anyBytesAsAJar(@ForAll byte[] bytes) throws IOException {
        scan(bytes);
    }

    @Property(tries = 100)
    void anyServiceFile(@ForAll byte[] serviceFile) throws IOException {
        scan(jar(serviceFile));
    }

    @Property(tries = 100)
    void aJarWithOneByteWrong(@ForAll @IntRange(max = 10_000) int place, @ForAll byte damage) throws IOException {
        byte[] bytes = jar("no.such.Handler".getBytes(StandardCharsets.UTF_8));
        bytes[place % bytes.length] = damage;
        scan(bytes);
    }

    private void scan(byte[] jar) throws IOException {
        Files.write(folder.resolve("fuzz.jar"), jar);
        ClassLoader classPath = new ClassLoader(JarFuzzTest.class.getClassLoader()) {};
        try (Discovered found =
                new HandlerDiscovery(classPath, SURROUNDINGS).discover(new HandlerJars(folder, List.of()), List.of())) {
            assertEquals(List.of(), found.handlers());
            found.broken().forEach(broken -> assertTrue(broken.toString().contains("fuzz.jar"), broken::toString));
        }
    }

    private static byte[] jar(byte[] serviceFile) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JarOutputStream jar = new JarOutputStream(bytes)) {
            jar.putNextEntry(new JarEntry(ServiceFile.pathOf(TopicHandler.class)));
            jar.write(serviceFile);
            jar.closeEntry();
        }
        return bytes.toByteArray();
    }
}
