package io.bywash.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.runtime.config.InvalidConfigurationException;
import io.bywash.runtime.config.Problem;
import io.bywash.runtime.config.Section;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

/** One that is broken costs the application nothing but itself. */
class ExtensionsTest {
    private int closed;

    private record Made(String name, Function<Section, Companion> configured) implements Extension {
        @Override
        public Companion configure(Section settings) {
            return configured.apply(settings);
        }
    }

    private final class WithoutItsLibrary implements Companion {
        @Override
        public HandlerWrapper wrapper() {
            throw new NoClassDefFoundError("com/example/Library");
        }

        @Override
        public void close() {
            closed++;
        }
    }

    private final class Sound implements Companion {
        @Override
        public void close() {
            closed++;
        }
    }

    private static BywashBuilder builder(String brokers) {
        Config config = ConfigFactory.parseString("bywash { handlers-folder = none, kafka.bootstrap.servers = \""
                + brokers + "\", consumers.billing { topics = [orders], handler = orders } }");
        return Bywash.builder()
                .config(config)
                .handler(new HandlerBinding<String, String>(
                        "orders", (record, context) -> {}, StringDeserializer::new, StringDeserializer::new));
    }

    private static void assertLeftOut(String name, List<Problem> warnings) {
        List<String> said = warnings.stream().map(Problem::toString).toList();
        assertTrue(
                said.stream().anyMatch(line -> line.contains(name) && line.contains("com/example/Library")),
                said::toString);
    }

    @Test
    void oneThatCannotReadItsSettingsIsLeftOut() {
        Bywash bywash = builder("127.0.0.1:1")
                .extension(new Made("broken", settings -> {
                    throw new NoClassDefFoundError("com/example/Library");
                }))
                .build();
        assertLeftOut("broken", bywash.preparation().problems().warnings());
    }

    @Test
    void oneThatHasNoWrapperAlthoughItWantsOneIsLeftOut() {
        Bywash bywash = builder("127.0.0.1:1")
                .extension(new Made("broken", settings -> new WithoutItsLibrary()))
                .build();
        assertLeftOut("broken", bywash.preparation().problems().warnings());
        assertEquals(1, closed);
        bywash.close();
        assertEquals(1, closed);
    }

    @Test
    void allAreClosedIfTheApplicationIsNotBuilt() {
        assertThrows(
                InvalidConfigurationException.class,
                () -> builder("no port")
                        .extension(new Made("sound", settings -> new Sound()))
                        .build());
        assertEquals(1, closed);
    }
}
