package io.bywash.runtime.config;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in the file, it is settings or a list of problems that say where, never another exception. */
class ConfigFuzzTest {
    private static final List<String> KEYS = List.of(
            "topics",
            "handler",
            "group",
            "ordering",
            "concurrency",
            "start-from",
            "attempts.max",
            "attempts.timeout",
            "attempts.backoff.initial",
            "on-failure",
            "batch.max-records",
            "buffer.bytes",
            "commit-interval",
            "commit-metadata.per-partition",
            "drain-timeout",
            "missing-topics",
            "group-protocol",
            "instance-id",
            "kafka.bootstrap.servers",
            "kafka.fetch.max.bytes",
            "auth.sasl.mechanism",
            "auth.tls.trust",
            "unknown");

    private static final List<String> VALUES = List.of(
            "[]",
            "[a, b]",
            "{}",
            "null",
            "true",
            "-1",
            "0",
            "1e99",
            "9223372036854775807",
            "10ms",
            "5 parsecs",
            "128MiB",
            "\"\"",
            "\"a b\"",
            "key",
            "none",
            "earliest",
            "\"2026-01-01T00:00:00Z\"",
            "${nowhere}",
            "${?nowhere}",
            "[{}, [[]]]",
            "\"\\u0000\"",
            "\"🔑\"");

    private final ConfigLoader loader = new ConfigLoader(ConfigFuzzTest.class.getClassLoader());

    @Property(tries = 400)
    void knownKeysWithAnyValues(@ForAll("files") String text) throws IOException {
        read("bywash { kafka.bootstrap.servers = \"b:1\", consumers { x { " + text + " } } }");
        read("bywash { defaults { " + text + " } }");
        read("bywash { " + text + " }");
    }

    @Property(tries = 200)
    void anyText(@ForAll String text) throws IOException {
        read(text);
        read("bywash { " + text + " }");
    }

    private void read(String text) throws IOException {
        Path file = Files.createTempFile("fuzz-", ".conf");
        try {
            Files.writeString(file, text);
            Config config = loader.load(Optional.of(file));
            Problems problems = new Problems();
            SettingsReader.read(config, Set.of(), problems);
            problems.errors().forEach(problem -> assertFalse(problem.toString().isBlank()));
        } catch (InvalidConfigurationException expected) {
            assertFalse(String.valueOf(expected.getMessage()).isBlank());
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> setting = Combinators.combine(Arbitraries.of(KEYS), Arbitraries.of(VALUES))
                .as((key, value) -> key + " = " + value);
        return setting.list().ofMinSize(1).ofMaxSize(6).map(settings -> String.join("\n", settings));
    }
}
