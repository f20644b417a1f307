package io.bywash.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.settings.KafkaProperties;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaReaderTest {
    private static final String CONSUMER =
            "bywash.consumers.x { topics = [a], handler = h, kafka { max.poll.records = 7 } }";

    @Test
    void propertiesPassThroughAndAConsumerAddsItsOwn() {
        Reading reading = Reading.of(
                "bywash.kafka { bootstrap.servers = [\"one:1\", \"two:2\"], fetch.min.bytes = 10, max.poll.records = 5,"
                        + " client.rack: west }",
                CONSUMER);
        assertEquals(
                Map.of(
                        "bootstrap.servers", List.of("one:1", "two:2"),
                        "fetch.min.bytes", "10",
                        "max.poll.records", "7",
                        "client.rack", "west"),
                reading.consumer().kafka().complete());
    }

    static Stream<String> owned() {
        return KafkaProperties.OWNED.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("owned")
    void whatTheEngineDecidesIsRefusedWithTheReason(String name) {
        assertEquals(
                List.of("app.conf:1: bywash.kafka." + name + ": cannot be set: " + KafkaProperties.OWNED.get(name)),
                Reading.of("bywash.kafka." + name + " = 1").errors());
    }

    @Test
    void unknownNamesPassWithAWarning() {
        Reading reading =
                Reading.of("bywash.kafka { fetch.min.byte = 1, schema.registry.url = \"http://r\" }", CONSUMER);
        String unknown =
                " is no property of a Kafka consumer, producer or admin client, and is passed on to plug-ins only";
        assertEquals(
                List.of(
                        "app.conf:1: bywash.kafka.fetch.min.byte:" + unknown + "; did you mean fetch.min.bytes?",
                        "app.conf:1: bywash.kafka.schema.registry.url:" + unknown),
                reading.warnings());
        assertEquals("http://r", reading.consumer().kafka().given().get("schema.registry.url"));
    }

    @Test
    void valuesThatKafkaRefusesAreReportedBeforeAnyClientIsMade() {
        assertEquals(
                List.of(
                        "app.conf:1: bywash.kafka.max.poll.records: is refused by Kafka: Invalid value many for configuration"
                                + " max.poll.records: Not a number of type INT"),
                Reading.of("bywash.kafka.max.poll.records = many").errors());
    }

    @Test
    void valuesOfConfigProvidersAreLeftToKafka() {
        Reading reading = Reading.of(
                "bywash.kafka { config.providers = file, max.poll.records = \"${file:/etc/x:records}\","
                        + " config.providers.file.class = org.apache.kafka.common.config.provider.FileConfigProvider }");
        assertEquals(List.of(), reading.errors());
    }

    @ParameterizedTest
    @CsvSource({
        "consumer, session.timeout.ms, 9000",
        "consumer, heartbeat.interval.ms, 900",
        "consumer, partition.assignment.strategy, org.apache.kafka.clients.consumer.RangeAssignor",
        "classic, group.remote.assignor, uniform"
    })
    void eachGroupProtocolRefusesWhatTheOtherNeeds(String protocol, String name, String value) {
        List<String> errors = Reading.of(
                        "bywash.kafka." + name + " = " + value,
                        "bywash.consumers.x { topics = [a], handler = h, kafka.group.protocol = " + protocol + " }")
                .errors();
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(
                errors.get(0)
                        .startsWith("app.conf:1: bywash.kafka." + name + ": is refused by Kafka: " + name
                                + " cannot be set when group.protocol="),
                errors::toString);
    }

    @Test
    void otherPropertiesGoWithBoth() {
        Reading reading = Reading.of(
                "bywash.kafka { group.protocol = consumer, fetch.min.bytes = 3, acks = all, client.rack = west }",
                CONSUMER);
        assertEquals(List.of(), reading.errors());
    }

    @Test
    void onePropertyOfAPairWhoseNamesGoOnMustBeQuoted() {
        // In HOCON a.b and a.b.c exclude each other: the one is a value, the other an object.
        Set<String> names = ConsumerConfig.configNames();
        assertEquals(
                Set.of("sasl.oauthbearer.scope"),
                names.stream()
                        .filter(name -> names.stream().anyMatch(other -> other.startsWith(name + ".")))
                        .collect(Collectors.toSet()));
        Map<String, Object> given = Reading.of(
                        "bywash.kafka { \"sasl.oauthbearer.scope\" = one, sasl.oauthbearer.scope.claim.name = two }",
                        CONSUMER)
                .consumer()
                .kafka()
                .given();
        assertEquals("one", given.get("sasl.oauthbearer.scope"));
        assertEquals("two", given.get("sasl.oauthbearer.scope.claim.name"));
    }

    @Test
    void valuesStayOutOfWhatPrints() {
        ConsumerBlock block =
                Reading.of("bywash.kafka.ssl.key.password = hush", CONSUMER).consumer();
        assertFalse(block.toString().contains("hush"), block::toString);
        assertTrue(block.toString().contains("ssl.key.password"), block::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:", "localhost:0", "localhost:65536", "a b:9092", ":9092", "a:1;b:2"})
    void aBrokerIsAHostAndAPort(String broker) {
        assertEquals(
                List.of("app.conf:1: bywash.kafka.bootstrap.servers: has the entry \"" + broker
                        + "\", but each must be host:port with a port from 1 to 65535, such as localhost:9092"),
                Reading.of("bywash.kafka.bootstrap.servers = \"kafka-1:9092, " + broker + "\"")
                        .errors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"[::1]:9092\"", "\"PLAINTEXT://a.b-c_d:1\"", "[\"a:1\", \"b:65535\"]", "\"a:1,,b:2,\""})
    void whatKafkaTakesForABrokerIsTaken(String brokers) {
        assertEquals(
                List.of(),
                Reading.of("bywash.kafka.bootstrap.servers = " + brokers).errors());
    }
}
