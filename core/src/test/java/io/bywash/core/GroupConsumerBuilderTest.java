package io.bywash.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bywash.core.binding.HandlerBinding;
import io.bywash.core.fixture.CallLog;
import io.bywash.core.fixture.RecordingHandler;
import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.Timing;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is missing or contradictory is refused before anything starts. */
class GroupConsumerBuilderTest {
    private static final Map<String, String> KAFKA = Map.of("bootstrap.servers", "localhost:9092");

    private final RecordingHandler handler = new RecordingHandler("a", new CallLog());

    @Test
    void takesWhatItNeedsAndNamesTheConsumerAfterItsGroup() {
        ConsumerSettings settings = complete().build().settings();
        assertEquals("billing", settings.name());
        assertEquals("other", complete().name("other").build().settings().name());
    }

    @Test
    void refusesWhatIsMissing() {
        refused(GroupConsumer.builder().topics("orders").kafka(KAFKA).handler(handler), "group is missing");
        refused(
                GroupConsumer.builder().group("billing").topics("orders").handler(handler),
                "bootstrap.servers",
                "billing");
        refused(GroupConsumer.builder().group("billing").kafka(KAFKA).handler(handler), "billing", "neither");
        refused(
                GroupConsumer.builder().group("billing").topics("orders").kafka(KAFKA),
                "no handler takes topic orders");
        refused(
                GroupConsumer.builder()
                        .group("billing")
                        .topicPattern(Pattern.compile("o.*"))
                        .kafka(KAFKA),
                "billing has no handler");
        refused(complete().topics(), "topics is empty");
        refused(complete().group(" "), "group is empty");
    }

    @Test
    void refusesWhatContradictsItself() {
        refused(complete().topicPattern(Pattern.compile("o.*")), "both");
        refused(complete().excludePattern(Pattern.compile("o.*")), "exclude pattern but no topic pattern");
        refused(complete().kafka(Map.of("group.id", "other")), "group.id cannot be set", "set group instead");
        refused(
                GroupConsumer.builder()
                        .group("billing")
                        .topics("orders", "returns")
                        .kafka(KAFKA)
                        .handler("orders", HandlerBinding.of(handler)),
                "no handler takes topic returns");
    }

    @Test
    void refusesADrainThatCouldOutlastThePollInterval() {
        Timing usual = Timing.DEFAULT;
        Timing long40 =
                new Timing(usual.commitInterval(), Duration.ofSeconds(40), usual.stuckAfter(), usual.stallAfter());
        refused(
                complete().timing(long40).kafka(Map.of("max.poll.interval.ms", 90_000)),
                "drain-timeout",
                "40s",
                "a third of max.poll.interval.ms",
                "90000");
    }

    private GroupConsumerBuilder complete() {
        return GroupConsumer.builder()
                .group("billing")
                .topics("orders")
                .kafka(KAFKA)
                .handler(handler);
    }

    private static void refused(GroupConsumerBuilder builder, String... parts) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, builder::build);
        for (String part : parts) {
            assertTrue(refusal.getMessage().contains(part), refusal::getMessage);
        }
    }
}
