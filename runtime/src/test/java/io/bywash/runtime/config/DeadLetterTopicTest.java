package io.bywash.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadLetterTopicTest {

    @Test
    void aDeadLetterTopicThatCannotBeIsReportedOnceWithItsLine() {
        Reading reading = Reading.of(
                "bywash.defaults.dead-letter-topic = \"{group}.dlt\"",
                "bywash.consumers {",
                "  own {",
                "    topics = [a]",
                "    handler = h",
                "    dead-letter-topic = \"letters of {group}\"",
                "  }",
                "  common {",
                "    group = \"my group\"",
                "    topic-pattern = a",
                "    handler = h",
                "  }",
                "  circle {",
                "    topics = [a, b]",
                "    handler = h",
                "    dead-letter-topic = b",
                "  }",
                "}");
        String remedy =
                ", but a topic name has 1 to 249 letters, digits, dots, underscores and hyphens, and is not . or ..;"
                        + " name a topic without what the group or the topic brings in";
        assertEquals(
                Set.of(
                        "app.conf:6: bywash.consumers.own.dead-letter-topic: makes 'letters of own' for topic a"
                                + remedy,
                        "app.conf:8: bywash.consumers.common.dead-letter-topic: makes 'my group.dlt' for topic any"
                                + remedy,
                        "app.conf:16: bywash.consumers.circle.dead-letter-topic: makes b for topic a, which the consumer reads"
                                + " itself, so its letters would go round in circles; name another topic"),
                Set.copyOf(reading.errors()));
    }

    @Test
    void aCommonDeadLetterTopicMayHaveAnyNameThatKafkaTakes() {
        assertEquals(
                List.of(),
                Reading.of(
                                "bywash.defaults.dead-letter-topic = any",
                                "bywash.consumers.x { topics = [a], handler = h }")
                        .errors());
    }
}
