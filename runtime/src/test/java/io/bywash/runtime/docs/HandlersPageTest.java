package io.bywash.runtime.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.inject.Guice;
import com.typesafe.config.ConfigFactory;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.discovery.FoundHandler;
import io.bywash.runtime.fixture.HandlerJar;
import io.bywash.runtime.plan.ConsumerPlan;
import io.bywash.runtime.plan.Preparation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Does what the page tells the reader to do. */
class HandlersPageTest {
    private static final Page PAGE = Page.of("handlers.md");
    private static final List<String> JAVA = PAGE.code("java");

    @TempDir
    private Path folder;

    private Preparation prepare(String config) {
        return Bywash.builder()
                .config(ConfigFactory.parseString(config + "\nbywash.handlers-folder = \"" + folder + "\""))
                .prepare();
    }

    private static HandlerJar first() {
        return new HandlerJar()
                .unit("OrderHandler", JAVA.get(0))
                .service(
                        "io.bywash.handler.TopicHandler",
                        PAGE.code("text").get(0).trim());
    }

    @Test
    void theFirstHandlerRunsAsSoonAsItsJarIsDropped() {
        first().writeTo(folder.resolve("orders.jar"));
        Preparation preparation = prepare("");
        preparation.problems().throwIfAny();
        ConsumerPlan consumer = preparation.plan().consumers().get(0);
        assertEquals("order-handler", consumer.group());
        assertEquals("orders", consumer.topics());
        assertEquals(List.of(), preparation.plan().notes());
    }

    @Test
    void aBlockTakesThePlaceOfTheDeclaredTopics() {
        first().writeTo(folder.resolve("orders.jar"));
        Preparation preparation = prepare(PAGE.code("hocon").get(0));
        preparation.problems().throwIfAny();
        assertEquals(
                List.of("billing"),
                preparation.plan().consumers().stream().map(ConsumerPlan::name).toList());
    }

    @Test
    void theHandlerWithAModuleGetsItsSettingsThroughItsConstructor() throws ReflectiveOperationException {
        new HandlerJar()
                .unit("ShopModule", JAVA.get(1))
                .service("com.google.inject.Module", "com.acme.ShopModule")
                .file("reference.conf", PAGE.code("hocon").get(1))
                .writeTo(folder.resolve("shop.jar"));
        Preparation preparation = prepare("");
        preparation.problems().throwIfAny();
        FoundHandler handler = preparation.plan().discovered().handlers().get(0);
        Object made = handler.create();
        java.lang.reflect.Field shop = made.getClass().getDeclaredField("shop");
        shop.setAccessible(true);
        assertEquals("https://shop.example.com/orders", shop.get(made).toString());
    }

    @Test
    void theEmbeddingsCompile() {
        new HandlerJar()
                .unit("OrderHandler", JAVA.get(0))
                .unit("Embedding", embedding("Embedding", JAVA.get(2)))
                .unit("GuiceEmbedding", embedding("GuiceEmbedding", JAVA.get(3)))
                .writeTo(folder.resolve("compiled.jar"));
        assertEquals(4, JAVA.size());
    }

    private static String embedding(String name, String body) {
        return "package com.acme; import java.time.Duration; import io.bywash.runtime.*; import "
                + Guice.class.getName() + "; import com.google.inject.Injector; class " + name
                + " { void run() throws Exception {\n" + body + "} }";
    }
}
