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
        String excluded =
                matching.exclude().map(pattern -> "(?!" + group(pattern) + "$)").orElse("");
        return Pattern.compile("(?!(?:" + deadLetters() + ")$)" + excluded + group(matching.include()));
    }

    /** Turns a pattern into a part of a larger one, with those of its flags that make a difference to names of topics. */
    private static String group(Pattern pattern) {
        String flags =
                (has(pattern, Pattern.CASE_INSENSITIVE) ? "i" : "") + (has(pattern, Pattern.COMMENTS) ? "x" : "");
        String expression = has(pattern, Pattern.LITERAL) ? Pattern.quote(pattern.pattern()) : pattern.pattern();
        // A comment at the end would swallow the bracket.
        return "(?" + flags + ":" + expression + (has(pattern, Pattern.COMMENTS) ? "\n)" : ")");
    }

    private static boolean has(Pattern pattern, int flag) {
        return (pattern.flags() & flag) != 0;
    }

    private String deadLetters() {
        String template = settings.failures().deadLetterTopic();
        return Arrays.stream(template.split("\\{topic}|\\{group}", -1))
                .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                .collect(Collectors.joining(".+"));
    }
}
