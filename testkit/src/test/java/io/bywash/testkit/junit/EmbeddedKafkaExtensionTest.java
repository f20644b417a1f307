package io.bywash.testkit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bywash.testkit.EmbeddedKafka;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs small test classes, as JUnit would, and looks at when their clusters live. */
class EmbeddedKafkaExtensionTest {

    private static final List<EmbeddedKafka> SEEN = new ArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    @Test
    void keepsOneClusterForAClassAndTheClassesNestedInIt() {
        run(OwnCluster.class).assertStatistics(stats -> stats.succeeded(2));

        assertEquals(2, SEEN.size());
        assertSame(SEEN.get(0), SEEN.get(1));
        assertStopped(SEEN.get(0));
    }

    @Test
    void sharesOneClusterAmongClassesAndClosesItAfterTheLast() {
        run(SharedCluster.class, AlsoSharedCluster.class).assertStatistics(stats -> stats.succeeded(2));

        assertSame(SEEN.get(0), SEEN.get(1));
        assertStopped(SEEN.get(0));
    }

    @Test
    void startsAnotherForAnotherClass() {
        run(OwnCluster.class, SharedCluster.class).assertStatistics(stats -> stats.succeeded(3));

        assertNotSame(SEEN.get(0), SEEN.get(2));
    }

    @Test
    void refusesAFieldThatIsNotStatic() {
        Throwable failure = run(NotStatic.class).failed().stream()
                .findFirst()
                .orElseThrow()
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();

        assertEquals(
                "The EmbeddedKafkaExtension of " + NotStatic.class.getName()
                        + " is not in a static field. Make the field static.",
                failure.getMessage());
    }

    @Test
    void refusesToShowAClusterThatDoesNotRun() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> EmbeddedKafkaExtension.shared().cluster());

        assertEquals("The cluster does not run yet. Ask for it in a test or in @BeforeAll.", e.getMessage());
    }

    private static Events run(Class<?>... classes) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Arrays.stream(classes)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(ClassSelector[]::new))
                .execute()
                .testEvents();
    }

    private static void assertStopped(EmbeddedKafka cluster) {
        String[] address = cluster.bootstrapServers().split(":");
        assertThrows(IOException.class, () -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address[0], Integer.parseInt(address[1])), 10_000);
            }
        });
    }

    private static void use(EmbeddedKafkaExtension kafka) {
        String topic = kafka.cluster().createUniqueTopic("orders", 1);
        kafka.cluster().produce(topic, "key", "value");
        assertEquals(1, kafka.cluster().read(topic).size());
        SEEN.add(kafka.cluster());
    }

    static class OwnCluster {

        @RegisterExtension
        static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.perClass(EmbeddedKafka.builder());

        @Test
        void first() {
            use(KAFKA);
        }

        @Nested
        class Inner {

            @Test
            void second() {
                use(KAFKA);
            }
        }
    }

    static class SharedCluster {

        @RegisterExtension
        static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

        @Test
        void first() {
            use(KAFKA);
        }
    }

    static class AlsoSharedCluster {

        @RegisterExtension
        static final EmbeddedKafkaExtension KAFKA = EmbeddedKafkaExtension.shared();

        @Test
        void second() {
            use(KAFKA);
        }
    }

    static class NotStatic {

        @RegisterExtension
        final EmbeddedKafkaExtension kafka = EmbeddedKafkaExtension.shared();

        @Test
        void never() {
            use(kafka);
        }
    }
}
