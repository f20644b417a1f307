package io.bywash.runtime.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.typesafe.config.ConfigFactory;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.config.HandlerJars;
import io.bywash.runtime.fixture.HandlerJar;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerDiscoveryTest {
    private static final String MODULE = "com.google.inject.Module";
    private static final String HANDLER = "io.bywash.handler.TopicHandler";
    private static final String GUICE = "import com.google.inject.*; import jakarta.inject.Inject;";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    private Discovered discover(ClassLoader classPath, Injector application) {
        Surroundings surroundings =
                new Surroundings(application, ConfigFactory.parseString("orders.table = sales"), new MetricRegistry());
        Discovered discovered =
                new HandlerDiscovery(classPath, surroundings).discover(new HandlerJars(folder, List.of()), List.of());
        opened.add(discovered);
        return discovered;
    }

    private Discovered discover() {
        return discover(getClass().getClassLoader(), Guice.createInjector());
    }

    private static List<String> names(Discovered discovered) {
        return discovered.handlers().stream().map(FoundHandler::name).toList();
    }

    private static Object field(TopicHandler<?, ?> handler, String name) throws ReflectiveOperationException {
        return handler.getClass().getField(name).get(handler);
    }

    @Test
    void findsJarsAndFoldersOfJars() {
        new HandlerJar()
                .handler("OrderHandler", "@Handles(topics = \"orders\")")
                .writeTo(folder.resolve("orders.jar"));
        new HandlerJar()
                .source("Library", "public class Library { public static String name() { return \"lib\"; } }")
                .writeTo(folder.resolve("audit/library.jar"));
        new HandlerJar()
                .handler("AuditHandler", "@Handles(name = \"audit\")")
                .service(HANDLER, "")
                .writeTo(folder.resolve("audit/audit.jar"));
        Discovered discovered = discover();
        assertEquals(List.of("audit", "order-handler"), names(discovered));
        assertEquals(List.of(), discovered.broken());
        assertEquals(
                folder.resolve("audit").toString(), discovered.handlers().get(0).place());
        assertEquals(List.of("orders"), discovered.handlers().get(1).topics());
    }

    @Test
    void everyCreationMakesANewInstance() {
        new HandlerJar().handler("OrderHandler", "").writeTo(folder.resolve("orders.jar"));
        FoundHandler handler = discover().handlers().get(0);
        assertNotSame(handler.create(), handler.create());
    }

    @Test
    void aFolderThatDoesNotExistHoldsNothing() {
        Discovered discovered = new HandlerDiscovery(
                        getClass().getClassLoader(),
                        new Surroundings(Guice.createInjector(), ConfigFactory.empty(), new MetricRegistry()))
                .discover(new HandlerJars(folder.resolve("none"), List.of()), List.of());
        assertEquals(new Discovered(List.of(), List.of(), List.of(), List.of(), List.of()), discovered);
    }

    @Test
    void membersAreInjectedFromTheModuleOfTheSameJar() throws ReflectiveOperationException {
        for (String name : List.of("One", "Two")) {
            new HandlerJar()
                    .source("Greeting", "public record Greeting(String text) {}")
                    .source(
                            "M" + name,
                            GUICE + "public class M" + name + " extends AbstractModule { protected void configure() {"
                                    + " bind(Greeting.class).toInstance(new Greeting(\"hello from " + name
                                    + "\")); } }")
                    .source(
                            name,
                            GUICE + "public class " + name + " implements TopicHandler<String, String> {"
                                    + " @Inject public Greeting greeting; @Inject public com.typesafe.config.Config config;"
                                    + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                    .service(HANDLER, "com.acme." + name)
                    .service(MODULE, "com.acme.M" + name)
                    .file("reference.conf", "orders.limit = 5")
                    .writeTo(folder.resolve(name + ".jar"));
        }
        Discovered discovered = discover();
        assertEquals(List.of(), discovered.broken());
        for (FoundHandler found : discovered.handlers()) {
            TopicHandler<?, ?> handler = found.create();
            assertTrue(field(handler, "greeting")
                    .toString()
                    .contains("hello from " + found.type().getSimpleName()));
            assertTrue(field(handler, "config").toString().contains("\"limit\":5,\"table\":\"sales\""));
        }
        assertEquals(2, discovered.handlers().size());
    }

    @Test
    void aHandlerThatItsModuleBindsMayHaveItsConstructorInjected() throws ReflectiveOperationException {
        new HandlerJar()
                .source(
                        "OrderHandler",
                        GUICE + "public class OrderHandler implements TopicHandler<String, String> {"
                                + " public final com.codahale.metrics.MetricRegistry metrics;"
                                + " @Inject OrderHandler(com.codahale.metrics.MetricRegistry metrics) { this.metrics = metrics; }"
                                + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                .source(
                        "OrderModule",
                        GUICE + "public class OrderModule extends AbstractModule {"
                                + " protected void configure() { bind(OrderHandler.class); } }")
                .service(MODULE, "com.acme.OrderModule")
                // Naming the class here too is what people do; ServiceLoader alone could not create it.
                .service(HANDLER, "com.acme.OrderHandler")
                .writeTo(folder.resolve("orders.jar"));
        Discovered discovered = discover();
        assertEquals(List.of(), discovered.broken());
        assertEquals(List.of("order-handler"), names(discovered));
        assertInstanceOf(
                MetricRegistry.class, field(discovered.handlers().get(0).create(), "metrics"));
    }

    @Test
    void aBindingToTheInterfaceIsFollowedToTheClass() {
        new HandlerJar()
                .handler("OrderHandler", "")
                .source(
                        "OrderModule",
                        GUICE + "public class OrderModule extends AbstractModule { protected void configure() {"
                                + " bind(new TypeLiteral<TopicHandler<?, ?>>() {}).to(OrderHandler.class); } }")
                .service(MODULE, "com.acme.OrderModule")
                .writeTo(folder.resolve("orders.jar"));
        assertEquals(List.of("order-handler"), names(discover()));
    }

    @Test
    void aBindingThatHidesTheClassIsReported() {
        new HandlerJar()
                .source(
                        "OrderModule",
                        GUICE + "public class OrderModule extends AbstractModule {"
                                + " @Provides TopicHandler<?, ?> handler() { return null; } }")
                .service(MODULE, "com.acme.OrderModule")
                .writeTo(folder.resolve("orders.jar"));
        String broken = discover().broken().get(0).toString();
        assertTrue(broken.contains("does not say the class of the handler; bind the class itself"), broken);
    }

    /** One jar that is half fine, one without a class it needs, one whose handler nobody can construct, and one that is none. */
    private void dropBrokenJars() throws IOException {
        new HandlerJar()
                .handler("Fine", "")
                .service(HANDLER, "com.acme.Nowhere")
                .source("Other", "public class Other {}")
                .service(HANDLER, "com.acme.Other")
                .writeTo(folder.resolve("a.jar"));
        new HandlerJar()
                .source("Base", "public abstract class Base implements TopicHandler<String, String> {}")
                .source(
                        "Child",
                        "public class Child extends Base {"
                                + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                .service(HANDLER, "com.acme.Child")
                .without("Base")
                .writeTo(folder.resolve("b.jar"));
        new HandlerJar()
                .source(
                        "Hidden",
                        "public class Hidden implements TopicHandler<String, String> { Hidden(int x) {}"
                                + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                .service(HANDLER, "com.acme.Hidden")
                .writeTo(folder.resolve("c.jar"));
        Files.writeString(folder.resolve("d.jar"), "no jar at all");
        Files.writeString(folder.resolve("README.txt"), "not a jar, and nobody minds");
    }

    @Test
    void brokenProvidersAreNamedWithJarClassAndCauseAndHideNoOther() throws IOException {
        dropBrokenJars();
        Discovered discovered = discover();
        assertEquals(List.of("fine"), names(discovered));
        List<String> broken =
                discovered.broken().stream().map(BrokenProvider::toString).toList();
        assertEquals(5, broken.size(), broken::toString);
        assertContains(broken, "d.jar in " + folder.resolve("d.jar") + " is broken: ");
        assertContains(broken, "com.acme.Nowhere in " + folder.resolve("a.jar") + " is broken: ");
        assertContains(broken, "com.acme.Other in " + folder.resolve("a.jar") + " is broken: ");
        assertContains(
                broken,
                "com.acme.Child in " + folder.resolve("b.jar")
                        + " is broken: java.lang.NoClassDefFoundError: com/acme/Base;"
                        + " put the jar with that class beside it");
        assertContains(broken, "; it is no jar, or was cut off on its way here, so copy it again or remove it");
        assertContains(broken, " not found; a file in META-INF/services names it, so correct the name there");
        assertContains(broken, " not a subtype; a file in META-INF/services names it");
        assertContains(broken, "com.acme.Hidden in " + folder.resolve("c.jar") + " is broken: ");
        assertContains(broken, "bind(Hidden.class)");
    }

    private static void assertContains(List<String> lines, String text) {
        assertTrue(lines.stream().anyMatch(line -> line.contains(text)), () -> text + " not in " + lines);
    }

    @Test
    void aClassOfALaterJavaIsExplained() throws IOException {
        Path jar = new HandlerJar().handler("OrderHandler", "").writeTo(folder.resolve("orders.jar"));
        LaterJava.rewrite(jar, "com/acme/OrderHandler.class");
        String broken = discover().broken().get(0).toString();
        assertTrue(broken.contains("com.acme.OrderHandler in " + jar), broken);
        assertTrue(
                broken.contains("compile it with --release " + Runtime.version().feature()), broken);
    }

    @Test
    void aBrokenModuleIsNamed() {
        new HandlerJar()
                .handler("OrderHandler", "")
                .source(
                        "OrderModule",
                        GUICE + "public class OrderModule extends AbstractModule { protected void configure() {"
                                + " bind(Runnable.class).annotatedWith(com.google.inject.name.Names.named(\"x\"));"
                                + " bind(Comparable.class); } }")
                .service(MODULE, "com.acme.OrderModule")
                .writeTo(folder.resolve("orders.jar"));
        String broken = discover().broken().get(0).toString();
        assertTrue(broken.startsWith("Guice module com.acme.OrderModule in " + folder.resolve("orders.jar")), broken);
        assertTrue(broken.contains("Comparable"), broken);
    }

    @Test
    void aJarThatProvidesNothingIsReported() throws IOException {
        Path jar = new HandlerJar().source("Library", "public class Library {}").writeTo(folder.resolve("library.jar"));
        Path empty = Files.createDirectory(folder.resolve("nothing"));
        assertEquals(List.of(jar.toString(), empty.toString()), discover().empty());
    }

    @Test
    void aConstructorThatThrowsIsNamed() {
        new HandlerJar()
                .source(
                        "OrderHandler",
                        "public class OrderHandler implements TopicHandler<String, String> {"
                                + " public OrderHandler() { throw new IllegalStateException(\"no database\"); }"
                                + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                .service(HANDLER, "com.acme.OrderHandler")
                .writeTo(folder.resolve("orders.jar"));
        FoundHandler handler = discover().handlers().get(0);
        assertEquals(
                "handler order-handler (com.acme.OrderHandler in " + folder.resolve("orders.jar")
                        + ") cannot be created: java.lang.IllegalStateException: no database; mend it, or remove the jar or what"
                        + " refers to the handler",
                assertThrows(BrokenHandlerException.class, handler::create).getMessage());
    }

    @Test
    void theContextClassLoaderIsThatOfTheJarWhileAHandlerIsMade() throws ReflectiveOperationException {
        new HandlerJar()
                .source(
                        "OrderHandler",
                        "public class OrderHandler implements TopicHandler<String, String> {"
                                + " public final ClassLoader seen = Thread.currentThread().getContextClassLoader();"
                                + " public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                .service(HANDLER, "com.acme.OrderHandler")
                .writeTo(folder.resolve("orders.jar"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        TopicHandler<?, ?> handler = discover().handlers().get(0).create();
        assertEquals(handler.getClass().getClassLoader(), field(handler, "seen"));
        assertEquals(before, Thread.currentThread().getContextClassLoader());
    }

    @Test
    void theSameClassOnTheClassPathAndInTheFolderCountsOnce() throws IOException {
        Path jar = new HandlerJar().handler("OrderHandler", "").writeTo(folder.resolve("orders.jar"));
        URLClassLoader classPath =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
        opened.add(classPath);
        Discovered discovered = discover(classPath, Guice.createInjector());
        assertEquals(List.of("order-handler"), names(discovered));
        assertEquals(jar.toString(), discovered.handlers().get(0).place());
    }

    @Test
    void whatTheApplicationBindsIsFoundInItsInjectorAndThoseAboveIt() {
        Module above = binder -> binder.bind(Plain.class);
        Module below = binder -> binder.bind(String.class).toInstance("unrelated");
        Injector application = Guice.createInjector(above).createChildInjector(below);
        Discovered discovered = discover(getClass().getClassLoader(), application);
        assertEquals(List.of("plain"), names(discovered));
        assertEquals("the application", discovered.handlers().get(0).place());
        assertInstanceOf(Plain.class, discovered.handlers().get(0).create());
    }

    static class Plain implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {}
    }
}
