package io.bywash.runtime.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.codahale.metrics.MetricRegistry;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.settings.Subscription;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.Handles;
import io.bywash.handler.TopicHandler;
import io.bywash.runtime.Bywash;
import io.bywash.runtime.BywashBuilder;
import io.bywash.runtime.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

    private static Preparation prepare(String config, TopicHandler<?, ?>... handlers) {
        BywashBuilder builder = Bywash.builder()
                .config(ConfigFactory.parseString(
                        config, ConfigParseOptions.defaults().setOriginDescription("app.conf")));
        for (TopicHandler<?, ?> handler : handlers) {
            builder.handler(handler);
        }
        return builder.prepare();
    }

    private static List<String> errors(Preparation preparation) {
        return preparation.problems().errors().stream().map(Problem::toString).toList();
    }

    @Test
    void aHandlerThatDeclaresItsTopicsNeedsNoBlock() {
        Preparation preparation = prepare("bywash.defaults.commit-interval = 3s", new Declared());
        assertEquals(List.of(), errors(preparation));
        ConsumerPlan consumer = preparation.plan().consumers().get(0);
        assertEquals("declared", consumer.name());
        assertEquals("declared", consumer.group());
        assertEquals(new Subscription.Topics(new TreeSet<>(Set.of("a", "b"))), consumer.subscription());
        assertEquals(3, consumer.options().timing().commitInterval().toSeconds());
        assertEquals("String", consumer.handler().orElseThrow().keys().type());
        assertEquals("byte[]", consumer.handler().orElseThrow().values().type());
    }

    @Test
    void aBlockThatNamesItTakesThePlaceOfTheDeclaration() {
        Preparation preparation = prepare("bywash.consumers.x { topics = [c], handler = declared }", new Declared());
        assertEquals(List.of(), errors(preparation));
        assertEquals(
                List.of("x"),
                preparation.plan().consumers().stream().map(ConsumerPlan::name).toList());
    }

    @Test
    void topicsGoToTheirOwnHandlerAndTheRestToTheCommonOne() {
        ConsumerPlan consumer = prepare(
                        "bywash.consumers.x { topic-pattern = \".*\", handlers { a = declared }, handler = plain }",
                        new Declared(),
                        new Plain())
                .plan()
                .consumers()
                .get(0);
        assertEquals(Set.of("a"), consumer.handlers().keySet());
        assertEquals("plain", consumer.handler().orElseThrow().handler().name());
        assertEquals(
                List.of("declared", "plain"),
                consumer.all().stream().map(plan -> plan.handler().name()).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x { topics = [a], handler = plane } | app.conf:1: bywash.consumers.x.handler: is plane, but there is no such"
                        + " handler; did you mean plain?",
                "x { topics = [a], handler = something } | app.conf:1: bywash.consumers.x.handler: is something, but there is no"
                        + " such handler; found: declared, plain",
                "x { topics = [a, b, c], handlers { a = plain } } | app.conf:1: bywash.consumers.x: has no handler for b, c; name"
                        + " one under handlers, or one for all other topics with handler",
                "x { topics = [a], handlers { b = plain }, handler = plain } | app.conf:1: bywash.consumers.x.handlers.b: is for a"
                        + " topic that the consumer does not read; correct the one or the other",
                "x { topic-pattern = \"a.*\", handlers { a = plain } } | app.conf:1: bywash.consumers.x: reads whatever topics match"
                        + " a pattern; name one handler for all of them that are not listed, with handler",
                "x { topics = [a], handler = plain, group = g }, y { topics = [b], handler = plain, group = g } | app.conf:1:"
                        + " bywash.consumers.y: has group g, and so has bywash.consumers.x (app.conf:1); a group belongs to one consumer, so give"
                        + " each its own",
                "x { topics = [a], handler = plain, group = declared } | the application: handler declared: io.bywash.runtime.plan.PlannerTest$Declared has group declared, and"
                        + " so has bywash.consumers.x (app.conf:1); a group belongs to one consumer, so give each its own",
                "x { topics = [a], handler = plain, value-deserializer = com.acme.None } | app.conf:1: bywash.consumers.x.handler:"
                        + " has no way to decode its records: there is no class com.acme.None on the class path or beside the handler; add its"
                        + " jar",
                "x { topics = [a], handler = plain, value-deserializer = java.lang.String } | app.conf:1:"
                        + " bywash.consumers.x.handler: has no way to decode its records: java.lang.String is no"
                        + " org.apache.kafka.common.serialization.Deserializer; name one that is"
            })
    void refusesWhatCannotWork(String consumers, String problem) {
        assertEquals(
                List.of(problem),
                errors(prepare("bywash.consumers { " + consumers + " }", new Declared(), new Plain())));
    }

    @Test
    void twoHandlersOfOneNameAreAnError() {
        List<String> errors =
                errors(prepare("bywash.consumers.x { topics = [a], handler = plain }", new Plain(), new Other()));
        String same = PlannerTest.class.getName();
        assertEquals(
                List.of("the application: handler plain: " + same + "$Other has the same name as " + same
                        + "$Plain (the application); give one of them another with @Handles(name = …)"),
                errors);
    }

    @Test
    void aDeclaredTopicMustHaveALegalName() {
        List<String> errors = errors(prepare("", new Misnamed()));
        assertEquals(
                List.of("the application: handler misnamed: " + Misnamed.class.getName()
                        + " declares the topic 'a b', but a topic name must be 1 to 249 of the characters a-z, A-Z, 0-9, '.', '_'"
                        + " and '-'"),
                errors);
    }

    @Test
    void aTypeWithoutADeserialiserIsNamed() {
        List<String> errors = errors(prepare("bywash.consumers.x { topics = [a], handler = typed }", new Typed()));
        assertEquals(1, errors.size());
        assertTrue(
                errors.get(0)
                        .contains("no standard deserialiser makes the value type java.util.List<java.lang.String>"),
                errors.get(0));
    }

    @Test
    void aConfiguredDeserialiserTakesThePlaceOfTheTypesAndIsConfiguredLikeKafkaWould() {
        Preparation preparation = prepare(
                "bywash { kafka.spy.setting = seen, consumers.x { topics = [a], handler = typed, value-deserializer = \""
                        + Spy.class.getName() + "\" } }",
                new Typed());
        assertEquals(List.of(), errors(preparation));
        HandlerPlan handler = preparation.plan().consumers().get(0).handler().orElseThrow();
        Deserializer<?> made = handler.bind().values().get();
        assertEquals("seen false", made.deserialize("a", new byte[0]));
    }

    @Test
    void aHandlerGivenWithItsDeserialisersMayBeALambda() {
        Preparation preparation = Bywash.builder()
                .config(ConfigFactory.parseString("bywash.consumers.x { topics = [a], handler = counter }"))
                .handler(new HandlerBinding<String, byte[]>(
                        "counter", (record, context) -> {}, StringDeserializer::new, ByteArrayDeserializer::new))
                .prepare();
        assertEquals(List.of(), errors(preparation));
    }

    @Test
    void aHandlerThatABrokenBlockNamesIsNotSaidToBeUnused() {
        Preparation preparation = prepare("bywash.consumers.x { topics = a, handler = plain }", new Plain());
        assertEquals(1, errors(preparation).size());
        assertEquals(List.of(), preparation.plan().notes());
    }

    @Test
    void withNothingToRunTheMessageSaysWhatToDo() {
        assertEquals(
                List.of(
                        "bywash.consumers: there is nothing to run: no consumer is configured, and no handler was found that"
                                + " declares its topics; describe a consumer, or put a handler with @Handles(topics = …) on the class path"
                                + " or into " + Path.of("handlers").toAbsolutePath()
                                + " (bywash.handlers-folder, which does not exist)"),
                errors(prepare("", new Plain())));
    }

    @Test
    void brokersAreNeeded() {
        Preparation preparation = prepare("bywash.kafka.bootstrap.servers = null", new Declared());
        preparation.requireBrokers();
        assertEquals(
                List.of(
                        "bywash.kafka.bootstrap.servers: is missing; set it to host:port of a broker, or set the environment"
                                + " variable KAFKA_BOOTSTRAP_SERVERS"),
                errors(preparation));
    }

    @Test
    void aHandlerInNoConsumerIsNoted() {
        Preparation preparation = prepare("", new Declared(), new Plain());
        assertEquals(
                List.of(
                        "handler plain (the application) is in no consumer; name it in a consumer's block, or give its class"
                                + " @Handles(topics = …)"),
                preparation.plan().notes());
    }

    @Test
    void oneInstanceCannotServeTwoConsumersAndTheFirstLeavesNothingBehind() {
        MetricRegistry metrics = new MetricRegistry();
        BywashBuilder builder = Bywash.builder()
                .metrics(metrics)
                .config(ConfigFactory.parseMap(Map.of(
                        "bywash.kafka.bootstrap.servers", "localhost:1",
                        "bywash.consumers.x", Map.of("topics", List.of("a"), "handler", "plain"),
                        "bywash.consumers.y", Map.of("topics", List.of("b"), "handler", "plain"))))
                .handler(new Plain());
        String message = assertThrows(RuntimeException.class, builder::build).getMessage();
        assertTrue(message.contains("handler plain: is one instance, but is named by the consumers x and y"), message);
        assertEquals(Set.of(), metrics.getNames());
    }

    @Handles(topics = {"a", "b"})
    static class Declared implements TopicHandler<String, byte[]> {
        @Override
        public void handle(ConsumerRecord<String, byte[]> record, HandlerContext context) {}
    }

    @Handles(topics = "a b")
    static class Misnamed implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {}
    }

    static class Plain implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {}
    }

    @Handles(name = "plain")
    static class Other implements TopicHandler<String, String> {
        @Override
        public void handle(ConsumerRecord<String, String> record, HandlerContext context) {}
    }

    static class Typed implements TopicHandler<String, List<String>> {
        @Override
        public void handle(ConsumerRecord<String, List<String>> record, HandlerContext context) {}
    }

    /** Tells what it was configured with. */
    public static class Spy implements Deserializer<String> {
        private String seen = "";

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            seen = configs.get("spy.setting") + " " + isKey;
        }

        @Override
        public String deserialize(String topic, byte[] data) {
            return seen;
        }
    }
}
