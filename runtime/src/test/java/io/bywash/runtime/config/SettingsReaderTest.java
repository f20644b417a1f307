package io.bywash.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.bywash.core.settings.Backoff;
import io.bywash.core.settings.Batching;
import io.bywash.core.settings.Buffers;
import io.bywash.core.settings.FailurePolicy;
import io.bywash.core.settings.LetterRetention;
import io.bywash.core.settings.MetadataLimits;
import io.bywash.core.settings.MissingTopics;
import io.bywash.core.settings.OnFailure;
import io.bywash.core.settings.Ordering;
import io.bywash.core.settings.StartFrom;
import io.bywash.core.settings.Subscription;
import io.bywash.core.settings.Timing;
import io.bywash.runtime.logging.LogContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @Test
    void theReferenceHoldsTheDefaultsOfTheEngine() {
        Reading reading = Reading.of("");
        assertEquals(List.of(), reading.errors());
        assertEquals(
                new BywashSettings(
                        Optional.empty(),
                        new HandlerJars(Path.of("handlers"), List.of()),
                        new ConsumerOptions(
                                Ordering.PARTITION,
                                new StartFrom.Earliest(),
                                MissingTopics.WAIT,
                                FailurePolicy.DEFAULT,
                                Batching.DEFAULT,
                                Timing.DEFAULT,
                                Buffers.DEFAULT,
                                MetadataLimits.DEFAULT,
                                new Decoding(Optional.empty(), Optional.empty()),
                                LogContext.OFF),
                        reading.settings().kafka(),
                        List.of()),
                reading.settings());
    }

    @Test
    void aBlockOverridesDefaultsAndDefaultsOverrideTheReference() {
        ConsumerBlock billing = Reading.of(
                        "bywash {",
                        "  defaults { ordering = none, concurrency = 5, commit-metadata.per-request = 1MiB }",
                        "  defaults { commit-interval = 2s, attempts { max = 7, backoff.initial = 1s } }",
                        "  consumers.billing {",
                        "    topics = [orders], handler = h",
                        "    attempts { max = 9, timeout = 3s }, batch.max-wait = 0ms, buffer.bytes = 1MiB",
                        "    on-failure = halt, fail-fast-on = [com.acme.Bad], redrive-topic = off, dead-letter-retention = forever",
                        "    start-from = \"2026-01-31T08:00:00Z\", missing-topics = fail, drain-timeout = 5s",
                        "    value-deserializer = com.acme.OrderDeserializer, ordering = key, log-context = key, commit-metadata.per-partition = 1KiB",
                        "  } }")
                .consumer();
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), 2, 0.2);
        assertEquals(
                new ConsumerOptions(
                        Ordering.key(5),
                        new StartFrom.At(Instant.parse("2026-01-31T08:00:00Z")),
                        MissingTopics.FAIL,
                        new FailurePolicy(
                                9,
                                Optional.of(Duration.ofSeconds(3)),
                                backoff,
                                OnFailure.HALT,
                                Set.of("com.acme.Bad"),
                                "{topic}.{group}.dlt",
                                new LetterRetention.Forever(),
                                Optional.empty()),
                        new Batching(500, 1 << 20, Duration.ZERO),
                        new Timing(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1)),
                        new Buffers(20_000, 1 << 20),
                        new MetadataLimits(1024, 1 << 20),
                        new Decoding(Optional.empty(), Optional.of("com.acme.OrderDeserializer")),
                        LogContext.KEY),
                billing.options());
    }

    @Test
    void aBlockNamesItsGroupItsTopicsAndTheirHandlers() {
        ConsumerBlock billing = Reading.of(
                        "bywash.consumers.billing {",
                        "  group = bills, topics = [orders, returns.eu]",
                        "  handlers { orders = order-handler, returns.eu = return-handler }",
                        "}")
                .consumer();
        assertEquals("billing", billing.name());
        assertEquals("bills", billing.group());
        assertEquals(
                Optional.of(new Subscription.Topics(new TreeSet<>(Set.of("orders", "returns.eu")))),
                billing.subscription());
        assertEquals("return-handler", billing.handlers().get("returns.eu").name());
    }

    @Test
    void theGroupIsTheNameOfTheBlockUnlessGiven() {
        assertEquals(
                "audit",
                Reading.of("bywash.consumers.audit { topics = [a], handler = h }")
                        .consumer()
                        .group());
    }

    @ParameterizedTest
    @CsvSource({"earliest", "latest", "36h ago"})
    void startsWhereItIsTold(String from) {
        StartFrom expected = switch (from) {
            case "earliest" -> new StartFrom.Earliest();
            case "latest" -> new StartFrom.Latest();
            default -> new StartFrom.Ago(Duration.ofHours(36));
        };
        assertEquals(
                expected,
                Reading.of("bywash.defaults.start-from = " + from)
                        .settings()
                        .defaults()
                        .startFrom());
    }

    @ParameterizedTest
    @CsvSource({"partition, 64", "key, 1", "none, 100000"})
    void ordersAsItIsTold(String word, int concurrency) {
        Ordering expected = switch (word) {
            case "key" -> Ordering.key(concurrency);
            case "none" -> Ordering.none(concurrency);
            default -> Ordering.PARTITION;
        };
        Reading reading = Reading.of(
                "bywash.consumers.x { topics = [a], handler = h, ordering = " + word + " }",
                "bywash.defaults.concurrency = " + concurrency);
        assertEquals(expected, reading.consumer().options().ordering());
        assertEquals(List.of(), reading.warnings());
    }

    @Test
    void aConcurrencyThatIsNotUsedIsProbablyAMistake() {
        Reading reading = Reading.of("bywash.consumers.x { topics = [a], handler = h, concurrency = 128 }");
        assertEquals(Ordering.PARTITION, reading.consumer().options().ordering());
        assertEquals(
                List.of(
                        "app.conf:1: bywash.consumers.x.concurrency: is not used with ordering = partition; write ordering ="
                                + " key, or none"),
                reading.warnings());
    }

    @Test
    void everyProblemIsReportedAtOnceWithItsLine() {
        Reading reading = Reading.of(
                "bywash {",
                "  handlers-foldr = x",
                "  startup-timeout = soon",
                "  defaults {",
                "    drain-timeout = 20",
                "    attempts { max = 0, backoff { multiplier = 1000, jitter = 3 } }",
                "    on-failure = ignore",
                "    ordering = keys, concurrency = 0",
                "  }",
                "  consumers {",
                "    billing { topics = orders, handler = h, comit-interval = 1s }",
                "    audit { topics = [], handler = h, start-from = 2h }",
                "    ship { handler = h, buffer = 3 }",
                "    stock = 5",
                "  }",
                "}");
        List<String> expected = List.of(
                "app.conf:2: bywash.handlers-foldr: is unknown; did you mean handlers-folder?",
                "app.conf:3: bywash.startup-timeout: is \"soon\", but must be off, or a duration with its unit, such as 500ms,"
                        + " 20s or 2m",
                "app.conf:5: bywash.defaults.drain-timeout: is 20, but must be a duration with its unit, such as 500ms, 20s"
                        + " or 2m",
                "app.conf:6: bywash.defaults.attempts.max: is 0, but must be from 1 to 1000000",
                "app.conf:6: bywash.defaults.attempts.backoff.multiplier: is 1000.0, but must be from 1.0 to 100.0",
                "app.conf:6: bywash.defaults.attempts.backoff.jitter: is 3.0, but must be from 0.0 to 1.0",
                "app.conf:7: bywash.defaults.on-failure: is \"ignore\", but must be one of dead-letter, skip, halt",
                "app.conf:8: bywash.defaults.ordering: is \"keys\", but must be one of partition, key, none",
                "app.conf:8: bywash.defaults.concurrency: is 0, but must be from 1 to 100000",
                "app.conf:11: bywash.consumers.billing.topics: is \"orders\", but must be a list in brackets, such as [a, b]",
                "app.conf:11: bywash.consumers.billing.comit-interval: is unknown; did you mean commit-interval?",
                "app.conf:12: bywash.consumers.audit.topics: is empty; name at least one topic or give a topic-pattern",
                "app.conf:12: bywash.consumers.audit.start-from: is \"2h\", but must be earliest, latest, a time such as"
                        + " \"2026-01-31T08:00:00Z\", or an age such as \"36h ago\"",
                "app.conf:13: bywash.consumers.ship: names no topics; set topics = [NAME, …] or topic-pattern",
                "app.conf:13: bywash.consumers.ship.buffer: is 3, but must be an object in braces",
                "app.conf:14: bywash.consumers.stock: is 5, but must be an object in braces");
        assertEquals(Set.copyOf(expected), Set.copyOf(reading.errors()));
    }

    @Test
    void defaultsThatDoNotGoTogetherAreReportedOnceWhereTheyStand() {
        Reading reading = Reading.of(
                "bywash.consumers.x { topics = [a], handler = h }",
                "bywash.defaults.drain-timeout = 3m",
                "bywash.defaults.attempts.backoff { initial = 1m, max = 1s }");
        assertEquals(
                List.of(
                        "app.conf:2: bywash.defaults.drain-timeout: is 3m, but must be at most a third of max.poll.interval.ms,"
                                + " which is 300000 ms; shorten the one or lengthen the other",
                        "app.conf:3: bywash.defaults.attempts.backoff.max: is 1s, but must not be shorter than backoff.initial,"
                                + " 1m"),
                reading.errors());
    }

    @Test
    void aWrongDefaultIsReportedOnceHoweverManyConsumersUseIt() {
        Reading reading = Reading.of(
                "bywash.defaults.commit-interval = 0s",
                "bywash.consumers { a { topics = [a], handler = h }, b { topics = [b], handler = h } }");
        assertEquals(
                List.of("app.conf:1: bywash.defaults.commit-interval: is 0s, but must be longer than zero"),
                reading.errors());
    }

    @Test
    void whatStandsInSeveralLinesIsReportedWithTheFirst() {
        Reading reading = Reading.of("bywash.hat.rim = 1", "bywash.hat.crown = 2");
        assertEquals(
                List.of(
                        "app.conf:1: bywash.hat: is unknown; known here: auth, consumers, defaults, handlers-folder, kafka,"
                                + " parent-first-additional, startup-timeout, virtual-threads"),
                reading.errors());
    }

    @Test
    void bracesInThePlaceOfAValueMakeNoDefaultWrong() {
        Reading reading =
                Reading.of(Reading.BROKERS + "bywash.consumers.x { topics = [a], handler = h, ordering = {} }");
        assertEquals(
                List.of("app.conf:2: bywash.consumers.x.ordering: is {}, but must be one of partition, key, none"),
                reading.errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "topics = [a], handler = h, ordering = key, concurrency = 1000000 | bywash.consumers.x.concurrency: is 1000000, but"
                        + " must be from 1 to 100000",
                "topics = [a], handler = h, ordering = key, concurrency = many | bywash.consumers.x.concurrency: is \"many\", but"
                        + " must be a whole number",
                "topics = [a], handler = h, ordering = key, concurrencey = 5 | bywash.consumers.x.concurrencey: is unknown; did you"
                        + " mean concurrency?",
                "topics = [a], handler = h, commit-metadata.per-request = 3GiB | bywash.consumers.x.commit-metadata.per-request: is"
                        + " 3221225472, but must be from 512 to 67108864",
                "topics = [a], handler = h, commit-metadata.per-partition = 2MiB | bywash.consumers.x.commit-metadata.per-partition:"
                        + " is 2097152, but must be from 0 to 1048576",
                "topics = [a], handler = h, attempts.timeout = 1ms | bywash.consumers.x.attempts.timeout: is 0.001s, but must be at"
                        + " least 0.01s; leave it out to let an attempt take any time",
                "topics = [a], handler = h, attempts.timeout = 10 | bywash.consumers.x.attempts.timeout: is 10, but must be off, or a"
                        + " duration with its unit, such as 500ms, 20s or 2m",
                "topics = [a], handler = h, batch.max-records = 0 | bywash.consumers.x.batch.max-records: is 0, but must be from 1 to"
                        + " 1000000",
                "topics = [a], topic-pattern = b, handler = h | bywash.consumers.x: has both topics and topic-pattern; keep one"
                        + " of them",
                "topics = [a], exclude-pattern = b, handler = h | bywash.consumers.x.exclude-pattern: needs a topic-pattern to"
                        + " exclude from; leave the topics out of the list instead",
                "topic-pattern = \"(\", handler = h | bywash.consumers.x.topic-pattern: is \"(\", which is no regular expression"
                        + " as Java knows them: Unclosed group at character 2",
                "topics = [a], handler = h, dead-letter-topic = \"{topik}.dlt\" | bywash.consumers.x.dead-letter-topic: is"
                        + " {topik}.dlt, but there is no placeholder {topik}; there are {topic} and {group}",
                "topics = [a], handler = h, attempts.backoff { initial = 1m, max = 1s } |"
                        + " bywash.consumers.x.attempts.backoff.max: is 1s, but must not be shorter than backoff.initial, 1m",
                "topics = [\"a b\"], handler = h | bywash.consumers.x.topics: is \"a b\", but must be a topic name: 1 to 249 of the"
                        + " characters a-z, A-Z, 0-9, '.', '_' and '-'",
                "topics = [a] | bywash.consumers.x: names no handler; set handler = NAME, or handlers { TOPIC = NAME }",
                "topics = [a], handler = h, group = \"my group\", dead-letter-topic = \"{group}.dlt\" |"
                        + " bywash.consumers.x.dead-letter-topic: makes 'my group.dlt' for topic a, but a topic name has 1 to 249"
                        + " letters, digits, dots, underscores and hyphens, and is not . or ..; name a topic without what the group"
                        + " or the topic brings in",
                "topics = [a], handler = h, drain-timeout = 3m | bywash.consumers.x.drain-timeout: is 3m, but must be at most a"
                        + " third of max.poll.interval.ms, which is 300000 ms; shorten the one or lengthen the other"
            })
    void refusesWhatCannotWork(String block, String problem) {
        assertEquals(
                List.of("app.conf:1: " + problem),
                Reading.of("bywash.consumers.x { " + block + " }").errors());
    }

    @Test
    void unsetSubstitutionsAreReportedWithTheRestAndOthersMayStayUnset() {
        Reading reading = Reading.of(
                "bywash.consumers.x {",
                "  group = ${NO_SUCH_GROUP}",
                "  topics = [a, ${NO_SUCH_TOPIC}]",
                "  handler = h",
                "  drain-timeout = ${?NO_SUCH_TIMEOUT}",
                "}",
                "orders.url = \"jdbc:\"${NO_SUCH_URL}");
        String remedy = ", which has no value; set it, or write ${?…} if the setting may be left out";
        assertEquals(
                Set.of(
                        "app.conf:2: bywash.consumers.x.group: refers to ${NO_SUCH_GROUP}" + remedy,
                        "app.conf:3: bywash.consumers.x.topics: refers to ${NO_SUCH_TOPIC}" + remedy,
                        "app.conf:7: orders.url: refers to ${NO_SUCH_URL}" + remedy),
                Set.copyOf(reading.errors()));
    }

    @Test
    void virtualThreadsAreNoMatterOfFiles() {
        assertEquals(
                List.of("app.conf:1: bywash.virtual-threads: is read as a system property only; start the JVM with"
                        + " -Dbywash.virtual-threads=true"),
                Reading.of("bywash.virtual-threads = true").errors());
    }

    @Test
    void aFileInThePlaceOfTheHandlersFolderIsRefused() {
        assertEquals(
                List.of(
                        "app.conf:1: bywash.handlers-folder: is \"pom.xml\", which is no folder; name the folder of handler jars"),
                Reading.of("bywash.handlers-folder = pom.xml").errors());
    }

    @Test
    void unknownKeysElsewhereAreNobodysBusiness() {
        assertEquals(
                List.of(),
                Reading.of("orders { jdbc-url = x }", "spring.profiles = y").errors());
    }
}
