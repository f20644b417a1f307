package io.bywash.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.codahale.metrics.MetricRegistry;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.config.InvalidConfigurationException;
import io.bywash.runtime.fixture.HandlerJar;
import io.bywash.runtime.plan.Preparation;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was opened to look for handlers is closed again if nothing comes of it, or their jars could not even be replaced. */
class RefusedStartTest {
    private static final String SERVICES = "META-INF/services/io.bywash.handler.TopicHandler";

    @TempDir
    Path folder;

    @BeforeEach
    void writeJars() {
        new HandlerJar().handler("OrderHandler", "").writeTo(folder.resolve("orders.jar"));
        new HandlerJar().handler("AuditHandler", "").writeTo(folder.resolve("audit/audit.jar"));
    }

    private Preparation prepared(String more) {
        Config config = ConfigFactory.parseString("bywash { handlers-folder = \"" + folder
                + "\", consumers.billing { topics = [orders], handler = nobody } }\n" + more);
        return Bywash.builder().config(config).prepare();
    }

    private static Bywash build(Preparation preparation, HandlerWrapper wrapper) {
        Extensions none = Extensions.find(RefusedStartTest.class.getClassLoader(), List.of(), preparation);
        return Bywash.of(preparation, new ConsumerFactory(new MetricRegistry(), List.of(), wrapper), none);
    }

    private static List<URLClassLoader> open(Preparation preparation) {
        List<URLClassLoader> loaders = preparation.plan().discovered().loaders();
        assertEquals(2, loaders.size());
        loaders.forEach(loader -> assertNotNull(loader.findResource(SERVICES)));
        return loaders;
    }

    @Test
    void everyClassLoaderIsClosedIfTheConfigurationIsRefused() {
        Preparation preparation = prepared("");
        List<URLClassLoader> loaders = open(preparation);
        assertThrows(InvalidConfigurationException.class, () -> build(preparation, HandlerWrapper.NONE));
        loaders.forEach(loader -> assertNull(loader.findResource(SERVICES), loader::getName));
    }

    @Test
    void everyClassLoaderIsClosedIfAHandlerCannotBeMade() {
        Preparation preparation = prepared("bywash.kafka.bootstrap.servers = \"127.0.0.1:1\"\n"
                + "bywash.consumers.billing.handler = order-handler\n");
        List<URLClassLoader> loaders = open(preparation);
        HandlerWrapper broken = new HandlerWrapper() {
            @Override
            public <K, V> TopicHandler<K, V> wrap(String consumer, TopicHandler<K, V> handler) {
                throw new NoClassDefFoundError("com/acme/Tracing");
            }
        };
        assertThrows(NoClassDefFoundError.class, () -> build(preparation, broken));
        loaders.forEach(loader -> assertNull(loader.findResource(SERVICES), loader::getName));
    }
}
