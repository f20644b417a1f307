package io.bywash.core.poll;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.Subscription;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/** Subscribes a client. Patterns are Java's on both group protocols, and never take in dead-letter topics of any group. */
final class TopicSelection {
    private final ConsumerSettings settings;

    TopicSelection(ConsumerSettings settings) {
        this.settings = settings;
    }

    void subscribe(Consumer<byte[], byte[]> consumer, ConsumerRebalanceListener listener) {
        if (settings.subscription() instanceof Subscription.Topics topics) {
            consumer.subscribe(topics.names(), listener);
        } else if (settings.subscription() instanceof Subscription.Matching matching) {
            consumer.subscribe(pattern(matching), listener);
        }
    }

    private Pattern pattern(Subscription.Matching matching) {
        StringBuilder expression = new StringBuilder("(?!(?:" + deadLetters() + ")$)");
        matching.exclude()
                .ifPresent(exclude ->
                        expression.append("(?!(?:").append(exclude.pattern()).append(")$)"));
        expression.append("(?:").append(matching.include().pattern()).append(')');
        return Pattern.compile(expression.toString(), matching.include().flags());
    }

    private String deadLetters() {
        String template = settings.failures().deadLetterTopic();
        return Arrays.stream(template.split("\\{topic}|\\{group}", -1))
                .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                .collect(Collectors.joining(".+"));
    }
}
