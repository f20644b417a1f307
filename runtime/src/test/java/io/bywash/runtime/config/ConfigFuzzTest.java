package io.bywash.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Ordering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in the file, it is settings or a list of problems that say where, by file and line, never another exception. */
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

    @Property(tries = 200)
    void whatIsAcceptedArrives(@ForAll("accepted") Accepted accepted) throws IOException {
        String consumer = "topics = [orders]\nhandler = billing\n";
        BywashSettings inDefaults =
                settings("defaults {\n" + accepted.text() + "}\nconsumers { x {\n" + consumer + "} }");
        assertEquals(accepted, Accepted.of(inDefaults.defaults()));
        assertEquals(accepted, Accepted.of(inDefaults.consumers().get(0).options()));
        BywashSettings inConsumer = settings("consumers { x {\n" + consumer + accepted.text() + "} }");
        assertEquals(accepted, Accepted.of(inConsumer.consumers().get(0).options()));
    }

    private BywashSettings settings(String text) throws IOException {
        Problems problems = new Problems();
        BywashSettings settings = withFile(
                "bywash {\nkafka.bootstrap.servers = \"b:1\"\n" + text + "\n}",
                file -> SettingsReader.read(loader.load(Optional.of(file)), Set.of(), problems));
        assertEquals(List.of(), problems.errors());
        return settings;
    }

    private void read(String text) throws IOException {
        withFile(text, file -> {
            try {
                Problems problems = new Problems();
                SettingsReader.read(loader.load(Optional.of(file)), Set.of(), problems);
                sayWhere(file, problems.errors());
                sayWhere(file, problems.warnings());
            } catch (InvalidConfigurationException expected) {
                sayWhere(file, expected.problems());
                assertFalse(expected.problems().isEmpty());
            }
            return text;
        });
    }

    private static void sayWhere(Path file, List<Problem> problems) {
        for (Problem problem : problems) {
            assertTrue(problem.where().matches(Pattern.quote(file.toString()) + ":\\d+"), problem::toString);
            assertTrue(
                    problem.toString().startsWith(problem.where() + ": " + problem.path() + ": "), problem::toString);
            assertFalse(problem.reason().isBlank(), problem::toString);
        }
    }

    private static <T> T withFile(String text, Function<Path, T> use) throws IOException {
        Path file = Files.createTempFile("fuzz-", ".conf");
        try {
            Files.writeString(file, text);
            return use.apply(file);
        } finally {
            Files.delete(file);
        }
    }

    /** Some settings that go together. */
    private record Accepted(
            int attempts, Ordering ordering, OnFailure onFailure, int records, long bytes, Duration commitInterval) {

        static Accepted of(ConsumerOptions options) {
            return new Accepted(
                    options.failures().maxAttempts(),
                    options.ordering(),
                    options.failures().onFailure(),
                    options.batching().maxRecords(),
                    options.buffers().bytes(),
                    options.timing().commitInterval());
        }

        String text() {
            String order = ordering instanceof Ordering.Key key
                    ? "key\nconcurrency = " + key.concurrency()
                    : ordering instanceof Ordering.None none
                            ? "none\nconcurrency = " + none.concurrency()
                            : "partition";
            return "attempts.max = " + attempts + "\nordering = " + order + "\non-failure = "
                    + Form.word(onFailure) + "\nbatch { max-records = " + records + " }\nbuffer.bytes = " + bytes
                    + "\ncommit-interval = " + commitInterval.toMillis() + "ms\n";
        }
    }

    @Provide
    Arbitrary<Accepted> accepted() {
        Arbitrary<Ordering> orderings = Arbitraries.oneOf(
                Arbitraries.of(Ordering.PARTITION),
                Arbitraries.integers().between(1, 100_000).map(Ordering::key),
                Arbitraries.integers().between(1, 100_000).map(Ordering::none));
        return Combinators.combine(
                        Arbitraries.integers().between(1, 1_000_000),
                        orderings,
                        Arbitraries.of(OnFailure.class),
                        Arbitraries.integers().between(1, 1_000_000),
                        Arbitraries.longs().between(1 << 20, 1L << 40),
                        Arbitraries.longs().between(10, 60_000).map(Duration::ofMillis))
                .as(Accepted::new);
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> setting = Combinators.combine(Arbitraries.of(KEYS), Arbitraries.of(VALUES))
                .as((key, value) -> key + " = " + value);
        return setting.list().ofMinSize(1).ofMaxSize(6).map(settings -> String.join("\n", settings));
    }
}
