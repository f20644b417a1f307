package io.bywash.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.bywash.handler.AsyncTopicHandler;
import io.bywash.handler.BatchTopicHandler;
import io.bywash.handler.HandlerContext;
import io.bywash.handler.TopicHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a line of a handler's log says of its record. */
class LogContextTest {
    private static final Path ARCHIVE = Path.of("..", "distribution", "src", "main", "archive", "conf", "logback.xml");
    private static final Map<String, String> POSITION =
            Map.of("consumer", "billing", "topic", "orders", "partition", "3", "offset", "42");

    private final List<Map<String, String>> seen = new ArrayList<>();

    @BeforeEach
    @AfterEach
    void clear() {
        MDC.clear();
    }

    private void look() {
        seen.add(new TreeMap<>(Objects.requireNonNull(MDC.getCopyOfContextMap())));
    }

    /** Notes what it finds, in whatever shape it is called. */
    private final class Looking {
        private final TopicHandler<Object, String> single = (record, context) -> look();
        private final AsyncTopicHandler<Object, String> stages = new AsyncTopicHandler<>() {
            @Override
            public CompletionStage<?> handleAsync(ConsumerRecord<Object, String> record, HandlerContext context) {
                look();
                return CompletableFuture.completedFuture("done");
            }
        };
        private final BatchTopicHandler<Object, String> batches = new BatchTopicHandler<>() {
            @Override
            public void handleBatch(List<ConsumerRecord<Object, String>> records, HandlerContext context) {
                look();
            }
        };
    }

    private static ConsumerRecord<Object, String> record(Object key) {
        return new ConsumerRecord<>("orders", 3, 42, key, "the value");
    }

    private static HandlerContext context() {
        return new HandlerContext() {
            @Override
            public TopicPartition partition() {
                return new TopicPartition("orders", 3);
            }

            @Override
            public int attempt() {
                return 1;
            }

            @Override
            public boolean isRevoking() {
                return false;
            }
        };
    }

    private Map<String, String> seenOf(LogContext scope, Object key) throws Exception {
        seen.clear();
        scope.around("billing", new Looking().single).handle(record(key), context());
        return seen.get(0);
    }

    /** Nothing is round it, so nothing can cost anything. */
    @Test
    void offLeavesTheHandlerAsItIs() {
        Looking looking = new Looking();
        assertSame(looking.single, LogContext.OFF.around("billing", looking.single));
        assertSame(looking.stages, LogContext.OFF.around("billing", looking.stages));
        assertSame(looking.batches, LogContext.OFF.around("billing", looking.batches));
    }

    @Test
    void thePositionIsThereDuringTheCallAndGoneAfterIt() throws Exception {
        MDC.put("mine", "stays");
        seen.clear();
        LogContext.POSITION.around("billing", new Looking().single).handle(record("k"), context());
        Map<String, String> expected = new TreeMap<>(POSITION);
        expected.put("mine", "stays");
        assertEquals(List.of(expected), seen);
        assertEquals(Map.of("mine", "stays"), MDC.getCopyOfContextMap());
    }

    @Test
    void aCallThatFailsLeavesNothingBehind() {
        TopicHandler<Object, String> bad = (record, context) -> {
            throw new IllegalStateException("bad");
        };
        assertThrows(
                IllegalStateException.class,
                () -> LogContext.KEY.around("billing", bad).handle(record("k"), context()));
        assertTrue(
                MDC.getCopyOfContextMap() == null || MDC.getCopyOfContextMap().isEmpty());
    }

    @Test
    void keysAreToldOnlyIfAskedForAndOnlyAsTheyMayBeShown() throws Exception {
        assertEquals(POSITION, seenOf(LogContext.POSITION, "k"));
        assertEquals("k", seenOf(LogContext.KEY, "k").get("key"));
        assertEquals("7", seenOf(LogContext.KEY, 7L).get("key"));
        assertEquals(
                "a?b",
                seenOf(LogContext.KEY, "a\nb".getBytes(StandardCharsets.UTF_8)).get("key"));
        assertEquals(65, seenOf(LogContext.KEY, "x".repeat(1_000)).get("key").length());
        assertEquals(POSITION, seenOf(LogContext.KEY, null));
        Object own = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("not to be asked");
            }
        };
        assertEquals(POSITION, seenOf(LogContext.KEY, own));
    }

    @Test
    void handlersKeepTheirShape() throws Exception {
        Looking looking = new Looking();
        TopicHandler<Object, String> stages = LogContext.POSITION.around("billing", looking.stages);
        ((AsyncTopicHandler<Object, String>) stages).handleAsync(record("k"), context());
        TopicHandler<Object, String> batches = LogContext.KEY.around("billing", looking.batches);
        ((BatchTopicHandler<Object, String>) batches).handleBatch(List.of(record("k"), record("l")), context());
        Map<String, String> ofBatch = new TreeMap<>(POSITION);
        ofBatch.put("records", "2");
        assertEquals(List.of(POSITION, ofBatch), seen);
        assertEquals(Map.of(), MDC.getCopyOfContextMap());
    }

    /** With the configuration of the archive, in its form for machines. */
    @Test
    void theLineInJsonHasIt() throws Exception {
        LoggerContext logging = new LoggerContext();
        logging.setMDCAdapter(MDC.getMDCAdapter());
        logging.putProperty("BYWASH_LOG", "json");
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(logging);
        configurator.doConfigure(ARCHIVE.toFile());
        ConsoleAppender<ILoggingEvent> appender =
                (ConsoleAppender<ILoggingEvent>) logging.getLogger("ROOT").getAppender("console");
        List<String> lines = new ArrayList<>();
        TopicHandler<Object, String> handler = (record, context) -> lines.add(new String(
                appender.getEncoder()
                        .encode(new LoggingEvent(
                                "x", logging.getLogger("com.acme.Orders"), Level.INFO, "saved", null, null)),
                StandardCharsets.UTF_8));
        LogContext.POSITION.around("billing", handler).handle(record("k"), context());
        logging.stop();
        assertEquals(1, lines.size());
        assertEquals(POSITION, new TreeMap<>(fields(lines.get(0))), lines.get(0));
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new TreeMap<>();
        Pattern.compile("\"(\\w+)\":\"(\\w+)\"")
                .matcher(line.replaceFirst(".*\"mdc\": ?", "").replaceFirst("}.*", ""))
                .results()
                .forEach(field -> fields.put(field.group(1), field.group(2)));
        return fields;
    }
}
