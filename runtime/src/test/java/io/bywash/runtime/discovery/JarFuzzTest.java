package io.bywash.runtime.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.Guice;
import com.typesafe.config.ConfigFactory;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.config.HandlerJars;
import io.bywash.runtime.fixture.ForgedJar;
import io.bywash.runtime.fixture.HandlerJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.kafka.common.utils.Utils;

/** A jar that is damaged, or whose service file is, is named as such, and harms neither the jars beside it nor anything else. */
class JarFuzzTest {
    private static final Surroundings SURROUNDINGS =
            new Surroundings(Guice.createInjector(), ConfigFactory.empty(), new MetricRegistry());
    private static final String SERVICE_FILE = ServiceFile.pathOf(TopicHandler.class);
    private static final String CLASS_FILE = "no/such/Handler.class";
    private static final byte[] NO_SUCH_HANDLER = "no.such.Handler".getBytes(StandardCharsets.UTF_8);

    /** As deep as names try to lead out of it, so that what they reach would be seen and is nobody else's. */
    private static final String HANDLERS = "one/two/three/handlers";

    // One is looked at before the bad jar and one after it.
    private static final byte[] GOOD_BEFORE = good("Before");
    private static final byte[] GOOD_AFTER = good("After");

    private Path root = Path.of("");
    private Path folder = Path.of("");

    private static byte[] good(String name) {
        try {
            Path jar = Files.createTempFile("good", ".jar");
            try {
                return Files.readAllBytes(new HandlerJar().handler(name, "").writeTo(jar));
            } finally {
                Files.delete(jar);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeTry
    void createFolder() throws IOException {
        root = Files.createTempDirectory("fuzz-");
        folder = Files.createDirectories(root.resolve(HANDLERS));
        Files.write(folder.resolve("before.jar"), GOOD_BEFORE);
        Files.write(folder.resolve("later.jar"), GOOD_AFTER);
    }

    @AfterTry
    void deleteFolder() throws IOException {
        Utils.delete(root.toFile());
    }

    @Property(tries = 100)
    void anyBytesAsAJar(@ForAll byte[] bytes) throws IOException {
        scan(bytes);
    }

    @Property(tries = 100)
    void anyServiceFile(@ForAll byte[] serviceFile) throws IOException {
        scan(jar(Map.of(SERVICE_FILE, serviceFile)));
    }

    @Property(tries = 100)
    void aJarWithOneByteWrong(@ForAll @IntRange(max = 10_000) int place, @ForAll byte damage) throws IOException {
        byte[] bytes = jar(Map.of(SERVICE_FILE, NO_SUCH_HANDLER));
        bytes[place % bytes.length] = damage;
        scan(bytes);
    }

    @Property(tries = 100)
    void namesThatLeaveTheFolder(@ForAll("namesThatLeave") Set<String> names, @ForAll byte[] content)
            throws IOException {
        Map<String, byte[]> entries = new TreeMap<>(Map.of(SERVICE_FILE, NO_SUCH_HANDLER));
        names.forEach(name -> entries.put(name, content));
        assertFalse(scan(jar(entries)).isEmpty());
    }

    @Property(tries = 100)
    void aServiceFileThatNamesWhatIsOutside(@ForAll("namesThatLeave") Set<String> names) throws IOException {
        byte[] serviceFile = String.join("\n", names).getBytes(StandardCharsets.UTF_8);
        assertFalse(scan(jar(Map.of(SERVICE_FILE, serviceFile))).isEmpty());
    }

    @Property(tries = 100)
    void entriesOfTheSameName(@ForAll byte[] content) throws IOException {
        String another = SERVICE_FILE.replace("META-INF", "META-INT");
        Map<String, byte[]> entries = Map.of(SERVICE_FILE, NO_SUCH_HANDLER, another, content);
        scan(ForgedJar.of(entries).renamed(another, SERVICE_FILE).bytes());
    }

    @Property(tries = 100)
    void anEntryThatSaysItIsHuge(@ForAll ForgedJar.Size size, @ForAll("hugeSizes") int declared, @ForAll byte[] content)
            throws IOException {
        ForgedJar jar = ForgedJar.of(Map.of(SERVICE_FILE, NO_SUCH_HANDLER, CLASS_FILE, content));
        assertFalse(scan(jar.declaring(size, declared).bytes()).isEmpty());
    }

    /** Returns what is said to be broken, all of it in the jar. */
    private List<BrokenProvider> scan(byte[] jar) throws IOException {
        Files.write(folder.resolve("fuzz.jar"), jar);
        List<Path> before = everything();
        ClassLoader classPath = new ClassLoader(JarFuzzTest.class.getClassLoader()) {};
        try (Discovered found =
                new HandlerDiscovery(classPath, SURROUNDINGS).discover(new HandlerJars(folder, List.of()), List.of())) {
            assertEquals(
                    List.of("com.acme.Before", "com.acme.After"),
                    found.handlers().stream()
                            .map(handler -> handler.create().getClass().getName())
                            .toList());
            found.broken().forEach(broken -> assertTrue(broken.toString().contains("fuzz.jar"), broken::toString));
            assertEquals(before, everything());
            return found.broken();
        }
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.sorted().toList();
        }
    }

    private static byte[] jar(Map<String, byte[]> entries) {
        return ForgedJar.of(entries).bytes();
    }

    @Provide
    Arbitrary<Set<String>> namesThatLeave() {
        Arbitrary<String> out = Arbitraries.of("../", "..\\", "./../", "META-INF/../../", "/", "C:\\");
        Arbitrary<String> what = Arbitraries.of("slipped", "slipped.jar", "Slipped.class", SERVICE_FILE);
        return Combinators.combine(out.list().ofMinSize(1).ofMaxSize(3), what)
                .as((steps, name) -> String.join("", steps) + name)
                .set()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<Integer> hugeSizes() {
        // As an unsigned number: just below 2 GiB, from there to 4 GiB, and what refers to a field of 64 bits.
        return Arbitraries.oneOf(
                Arbitraries.integers().between(Integer.MAX_VALUE - 16, Integer.MAX_VALUE),
                Arbitraries.integers().between(Integer.MIN_VALUE, -1),
                Arbitraries.of(-2, -1));
    }
}
