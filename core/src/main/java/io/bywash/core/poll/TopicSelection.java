package io.bywash.core.poll;

import io.bywash.core.settings.ConsumerSettings;
import io.bywash.core.settings.RedriveTopic;
import io.bywash.core.settings.Subscription;
import io.bywash.core.thread.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;

/**
 * Subscribes a client, and again when a redrive topic appears or goes. Patterns are Java's on both group protocols, and never take in
 * dead-letter and redrive topics of any group; the group's own redrive topics are added by name. Belongs to the poll thread.
 */
final class TopicSelection {
    private static final long LOOK_NANOS = Duration.ofMillis(100).toNanos();

    private final ConsumerSettings settings;
    private final RedriveTopics redriveTopics;
    private final Ticker ticker;
    private Set<String> subscribed = Set.of();
    private Set<String> taken = Set.of();
    private long lookAt;

    TopicSelection(ConsumerSettings settings, RedriveTopics redriveTopics, Ticker ticker) {
        this.settings = settings;
        this.redriveTopics = redriveTopics;
        this.ticker = ticker;
        this.lookAt = ticker.nanos();
    }

    void subscribe(Consumer<byte[], byte[]> consumer, ConsumerRebalanceListener listener) {
        subscribed = redriveTopics.found();
        if (settings.subscription() instanceof Subscription.Topics topics) {
            Set<String> all = new TreeSet<>(topics.names());
            all.addAll(subscribed);
            consumer.subscribe(all, listener);
        } else if (settings.subscription() instanceof Subscription.Matching matching) {
            consumer.subscribe(pattern(matching), listener);
        }
    }

    /** Takes up what was found out about redrive topics. Costs a look at the clock and a field as long as there is nothing new. */
    void turn(Consumer<byte[], byte[]> consumer, ConsumerRebalanceListener listener) {
        if (ticker.nanos() - lookAt >= 0) {
            lookAt = ticker.nanos() + LOOK_NANOS;
            look(consumer);
        }
        if (!redriveTopics.found().equals(subscribed)) {
            subscribe(consumer, listener);
        }
    }

    /** Finds out what a pattern takes in, if that may have redrive topics. The client makes a copy of all names for it. */
    private void look(Consumer<byte[], byte[]> consumer) {
        if (settings.subscription() instanceof Subscription.Matching && redriveTopics.areRead()) {
            Set<String> now = consumer.subscription();
            if (!now.equals(taken)) {
                taken = Set.copyOf(now);
                redriveTopics.taken(taken);
            }
        }
    }

    private Pattern pattern(Subscription.Matching matching) {
        String excluded =
                matching.exclude().map(pattern -> "(?!" + group(pattern) + "$)").orElse("");
        String redriven = settings.failures()
                .redriveTopic()
                .map(RedriveTopic::template)
                .map(template -> "|" + anyOf(template))
                .orElse("");
        String returning = subscribed.stream()
                .sorted()
                .map(name -> "|" + Pattern.quote(name))
                .collect(Collectors.joining());
        return Pattern.compile("(?!(?:" + anyOf(settings.failures().deadLetterTopic()) + redriven + ")$)" + excluded
                + group(matching.include()) + returning);
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

    /** Returns an expression for the names a template makes of whatever topics and groups. */
    private static String anyOf(String template) {
        return Arrays.stream(template.split("\\{topic}|\\{group}", -1))
                .map(part -> part.isEmpty() ? "" : Pattern.quote(part))
                .collect(Collectors.joining(".+"));
    }
}
