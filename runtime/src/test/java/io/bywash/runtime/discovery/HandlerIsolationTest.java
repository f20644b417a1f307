package io.bywash.runtime.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import com.google.common.base.Joiner;
import com.google.inject.Guice;
import com.typesafe.config.ConfigFactory;
import io.bywash.handler.RetriableException;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.config.HandlerJars;
import io.bywash.runtime.fixture.HandlerJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What handler jars bring is theirs; what they must share with Bywash is not. */
class HandlerIsolationTest {
    private static final String HANDLER = "io.bywash.handler.TopicHandler";
    private static final String JOINER = "com.google.common.base.Joiner";

    @TempDir
    private Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened) {
            resource.close();
        }
    }

    private Discovered discover(String... parentFirst) {
        Discovered discovered = new HandlerDiscovery(
                        getClass().getClassLoader(),
                        new Surroundings(Guice.createInjector(), ConfigFactory.empty(), new MetricRegistry()))
                .discover(new HandlerJars(folder, List.of(parentFirst)), List.of());
        opened.add(discovered);
        return discovered;
    }

    /** A handler whose field has the value of an expression. */
    private static HandlerJar seeing(String type, String expression) {
        return new HandlerJar()
                .source(
                        "Seer",
                        "@Handles(name = \"seer\") public class Seer implements TopicHandler<String, String> {"
                                + " public final " + type + " seen; public Seer() throws Exception { seen = "
                                + expression
                                + "; } public void handle(ConsumerRecord<String, String> r, HandlerContext c) {} }")
                .service(HANDLER, "com.acme.Seer");
    }

    private static Object seen(FoundHandler found) throws ReflectiveOperationException {
        TopicHandler<?, ?> handler = found.create();
        return handler.getClass().getField("seen").get(handler);
    }

    private static HandlerJar withJoiner(HandlerJar jar, String version) {
        return jar.unit(
                "Joiner",
                "package com.google.common.base; public class Joiner { public static String version() { return \""
                        + version + "\"; } }");
    }

    @Test
    void eachJarHasItsOwnVersionOfALibraryThatBywashHasToo() throws ReflectiveOperationException {
        for (String version : List.of("one", "two")) {
            withJoiner(seeing("String", JOINER + ".version()"), version).writeTo(folder.resolve(version + ".jar"));
        }
        Map<String, Object> found = new TreeMap<>();
        for (FoundHandler handler : discover().handlers()) {
            found.put(handler.place(), seen(handler));
        }
        assertEquals(
                Map.of(
                        folder.resolve("one.jar").toString(),
                        "one",
                        folder.resolve("two.jar").toString(),
                        "two"),
                found);
    }

    @Test
    void aLibraryThatAJarDoesNotBringIsThatOfBywash() throws ReflectiveOperationException {
        seeing("Class<?>", JOINER + ".class").writeTo(folder.resolve("plain.jar"));
        assertSame(Joiner.class, seen(discover().handlers().get(0)));
    }

    @Test
    void configurationCanAddToWhatIsShared() throws ReflectiveOperationException {
        withJoiner(seeing("Class<?>", JOINER + ".class"), "own").writeTo(folder.resolve("own.jar"));
        assertNotEquals(Joiner.class, seen(discover().handlers().get(0)));
        Discovered shared = discover("com.google.common.");
        assertSame(Joiner.class, seen(shared.handlers().get(0)));
        assertEquals(
                List.of(
                        folder.resolve("own.jar") + " bundles classes of com.google.common.*, which are not used:"
                                + " handlers share those of Bywash; leave them out of the jar, as Maven does with scope provided"),
                shared.copies().stream().map(BundledCopies::toString).toList());
    }

    @Test
    void theHandlerApiIsSharedHoweverOftenItIsBundled() throws ReflectiveOperationException {
        seeing("Class<?>", "RetriableException.class")
                .unit(
                        "RetriableException",
                        "package io.bywash.handler; public class RetriableException extends RuntimeException {}")
                .unit("Logger", "package org.slf4j; public interface Logger {}")
                .unit("Nowhere", "package org.slf4j.nowhere; public interface Nowhere {}")
                .writeTo(folder.resolve("fat.jar"));
        Discovered discovered = discover();
        assertSame(RetriableException.class, seen(discovered.handlers().get(0)));
        assertEquals(
                List.of("io.bywash.", "org.slf4j."),
                List.copyOf(discovered.copies().get(0).packages()));
    }

    @Test
    void aSharedPackageMayHoldWhatOnlyTheJarHas() throws ReflectiveOperationException {
        seeing("String", "org.slf4j.nowhere.Nowhere.NAME")
                .unit(
                        "Nowhere",
                        "package org.slf4j.nowhere; public class Nowhere { public static final String NAME ="
                                + " \"mine\".trim(); }")
                .writeTo(folder.resolve("extra.jar"));
        Discovered discovered = discover();
        assertEquals("mine", seen(discovered.handlers().get(0)));
        assertEquals(List.of(), discovered.copies());
    }

    @Test
    void aCopyOfAClassOfTheJdkIsNotLookedAt() throws ReflectiveOperationException {
        seeing("Class<?>", "javax.sql.DataSource.class")
                .file("javax/sql/DataSource.class", "not even a class")
                .writeTo(folder.resolve("old.jar"));
        assertSame(javax.sql.DataSource.class, seen(discover().handlers().get(0)));
    }

    @Test
    void resourcesOfTheJarComeFirst() throws ReflectiveOperationException {
        seeing(
                        "Object",
                        "new String(Seer.class.getResourceAsStream(\"/logback-test.xml\").readAllBytes())"
                                + " + java.util.Collections.list(Seer.class.getClassLoader().getResources(\"logback-test.xml\")).size()")
                .file("logback-test.xml", "mine")
                .writeTo(folder.resolve("own.jar"));
        assertTrue(String.valueOf(seen(discover().handlers().get(0))).startsWith("mine"));
    }

    /** The providers on the class path are of another type than the one the jar would cast them to. */
    @Test
    void providersOfAServiceThatTheJarBringsItselfAreItsOwn() throws ReflectiveOperationException {
        seeing("Object", "java.util.ServiceLoader.load(org.h2.api.Trigger.class).stream().count()")
                .unit("Trigger", "package org.h2.api; public interface Trigger {}")
                .source("Mine", "public class Mine implements org.h2.api.Trigger {}")
                .service("org.h2.api.Trigger", "com.acme.Mine")
                .writeTo(folder.resolve("service.jar"));
        assertEquals(1L, seen(discover().handlers().get(0)));
    }

    @Test
    void providersOfASharedServiceAreThoseOfBothSides() throws ReflectiveOperationException {
        String count = "java.util.ServiceLoader.load(org.slf4j.spi.SLF4JServiceProvider.class).stream().count()";
        seeing("Object", count).writeTo(folder.resolve("shared.jar"));
        assertTrue((Long) seen(discover().handlers().get(0)) > 0);
    }
}
